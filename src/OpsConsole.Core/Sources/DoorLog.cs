using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Sources;

/// <summary>Counts who was turned away. Kept in memory and written every few seconds, so that being refused costs the database nothing when it is busiest.</summary>
public sealed class DoorLog(IDbContextFactory<OpsDb> contexts, WorkSignals signals, TimeProvider clock, ILogger<DoorLog> log) : BackgroundService
{
    private static readonly TimeSpan s_each = TimeSpan.FromSeconds(3);
    private readonly ConcurrentDictionary<(Guid Source, DateTimeOffset Hour, string Reason), (long Count, DateTimeOffset LastAt)> _waiting = new();

    /// <summary>One body of the source was refused for a <see cref="DoorReason"/>.</summary>
    public void Refused(Guid source, string reason)
    {
        var now = clock.GetUtcNow();
        var hour = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        _waiting.AddOrUpdate((source, hour, reason), (1, now), (_, before) => (before.Count + 1, now));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryWrite(cancellationToken);
    }

    /// <summary>Writes what was counted. What cannot be written now waits.</summary>
    internal async Task Write(CancellationToken cancellationToken)
    {
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
