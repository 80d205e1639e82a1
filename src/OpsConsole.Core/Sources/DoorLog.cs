using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using OpsConsole.Live;
using OpsConsole.Sources.Hooks;
using OpsConsole.Storage;

namespace OpsConsole.Sources;

/// <summary>
/// Notes who came: which keys were brought, who was turned away, and which web-hooks were not believed. Kept in memory and written every few
/// seconds, so that being refused costs the database nothing when it is busiest, and whoever guesses cannot fill it.
/// </summary>
public sealed class DoorLog(IDbContextFactory<OpsDb> contexts, WorkSignals signals, TimeProvider clock, ILogger<DoorLog> log) : BackgroundService
{
    private static readonly TimeSpan s_each = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_useEach = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(Guid Source, DateTimeOffset Hour, string Reason), (long Count, DateTimeOffset LastAt)> _waiting = new();
    private readonly ConcurrentDictionary<Guid, (DateTimeOffset At, string? From, DateTimeOffset? Written)> _uses = new();
    private readonly ConcurrentDictionary<Guid, ConcurrentQueue<HookFailure>> _failures = new();

    /// <summary>One body of the source was refused for a <see cref="DoorReason"/>.</summary>
    public void Refused(Guid source, string reason)
    {
        var now = clock.GetUtcNow();
        var hour = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        _waiting.AddOrUpdate((source, hour, reason), (1, now), (_, before) => (before.Count + 1, now));
    }

    /// <summary>A web-hook was not believed. Of many at once the latest are kept.</summary>
    public void Refused(HookFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        Refused(failure.SourceId, failure.Reason);
        var waiting = _failures.GetOrAdd(failure.SourceId, _ => new ConcurrentQueue<HookFailure>());
        waiting.Enqueue(failure);
        while (waiting.Count > HookFailure.Kept)
        {
            waiting.TryDequeue(out _);
        }
    }

    /// <summary>A living key was brought.</summary>
    public void Used(Guid key, string? from)
    {
        var now = clock.GetUtcNow();
        _uses.AddOrUpdate(key, (now, from, null), (_, before) => (now, from, before.Written));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryWrite(cancellationToken);
    }

    /// <summary>Writes what was noted. What cannot be written now waits.</summary>
    internal async Task Write(CancellationToken cancellationToken)
    {
        await WriteUses(cancellationToken);
        await WriteFailures(cancellationToken);
        var rows = new List<SourceRefusal>();
        foreach (var key in _waiting.Keys)
        {
            if (_waiting.TryRemove(key, out var told))
            {
                rows.Add(new SourceRefusal { SourceId = key.Source, Hour = key.Hour, Reason = key.Reason, Count = told.Count, LastAt = told.LastAt });
            }
        }

        if (rows.Count == 0)
        {
            return;
        }

        try
        {
            await Add([.. rows.OrderBy(row => row.SourceId).ThenBy(row => row.Hour).ThenBy(row => row.Reason, StringComparer.Ordinal)], cancellationToken);
        }
        catch
        {
            rows.ForEach(row => _waiting.AddOrUpdate((row.SourceId, row.Hour, row.Reason), (row.Count, row.LastAt), (_, since) => (since.Count + row.Count, since.LastAt)));
            throw;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_each, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryWrite(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task TryWrite(CancellationToken cancellationToken)
    {
        try
        {
            await Write(cancellationToken);
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or OperationCanceledException))
        {
            log.RefusalsWait(failure);
        }
    }

    // A key's use is written once a minute at most: a busy one is brought a thousand times a second.
    private async Task WriteUses(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var (key, use) in _uses.Where(one => one.Value.Written is null || (one.Value.At > one.Value.Written && now - one.Value.Written >= s_useEach)))
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await db.SourceKeys.Where(k => k.Id == key && (k.UsedAt == null || k.UsedAt < use.At))
                .ExecuteUpdateAsync(set => set.SetProperty(k => k.UsedAt, use.At).SetProperty(k => k.UsedFrom, use.From), cancellationToken);
            _uses.AddOrUpdate(key, (use.At, use.From, now), (_, since) => (since.At, since.From, now));
        }
    }

    private async Task WriteFailures(CancellationToken cancellationToken)
    {
        foreach (var (source, waiting) in _failures.Where(one => !one.Value.IsEmpty))
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            while (waiting.TryDequeue(out var failure))
            {
                db.HookFailures.Add(failure);
            }

            await db.SaveChangesAsync(cancellationToken);
            var oldest = await db.HookFailures.AsNoTracking().Where(f => f.SourceId == source).OrderByDescending(f => f.At).Skip(HookFailure.Kept).Select(f => (DateTimeOffset?)f.At).FirstOrDefaultAsync(cancellationToken);
            if (oldest is { } until)
            {
                await db.HookFailures.Where(f => f.SourceId == source && f.At <= until).ExecuteDeleteAsync(cancellationToken);
            }
        }
    }

    private async Task Add(List<SourceRefusal> rows, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Dialect.Add(db, rows, cancellationToken);
        db.Changes.Add(new Change { Topic = LiveTopic.Intake, At = clock.GetUtcNow() });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signals.Changes.Ring();
    }
}
