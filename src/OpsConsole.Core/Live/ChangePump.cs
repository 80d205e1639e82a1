using Microsoft.Extensions.Hosting;
using OpsConsole.Storage;

namespace OpsConsole.Live;

/// <summary>
/// Tells this node's listeners what any node committed. Numbers are given before commits finish, so a number that was skipped is
/// remembered and asked for again until it appears, or has been missing for so long that its transaction must have failed.
/// </summary>
public sealed class ChangePump(IDbContextFactory<OpsDb> databases, LiveFeed feed, WorkSignals bells, TimeProvider clock, ILogger<ChangePump> log) : BackgroundService
{
    private const int Most = 2_000;
    private const int MostMissing = 5_000;
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_giveUp = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_keep = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_sweepEach = TimeSpan.FromMinutes(5);
    private readonly Dictionary<long, DateTimeOffset> _missing = [];
    private long? _last;
    private DateTimeOffset _sweptAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await Pump(stoppingToken))
                {
                    await bells.Changes.Wait(s_look, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                log.PumpFailed(failure);
                await Task.Delay(s_look, clock, stoppingToken);
            }
        }
    }

    /// <summary>Announces what is new. The first call only finds where the table ends.</summary>
    /// <returns>True when there may be more.</returns>
    public async Task<bool> Pump(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        _last ??= await db.Changes.MaxAsync(c => (long?)c.Number, cancellationToken) ?? 0;
        var late = _missing.Keys.ToList();
        var rows = await db.Changes.AsNoTracking().Where(c => c.Number > _last || late.Contains(c.Number)).OrderBy(c => c.Number).Take(Most).ToListAsync(cancellationToken);
        Remember(rows);
        if (rows.Count > 0)
        {
            feed.Announce([.. rows.Select(row => new News(row.Topic, row.Number, row.Unit, row.Queue, row.Subject))]);
        }

        await Sweep(db, cancellationToken);
        return rows.Count == Most;
    }

    private void Remember(List<Change> rows)
    {
        var now = clock.GetUtcNow();
        foreach (var row in rows)
        {
            _missing.Remove(row.Number);
            for (var skipped = _last!.Value + 1; skipped < row.Number && _missing.Count < MostMissing; skipped++)
            {
                _missing.TryAdd(skipped, now);
            }

            _last = Math.Max(_last.Value, row.Number);
        }

        foreach (var (number, since) in _missing.Where(missing => now - missing.Value > s_giveUp).ToList())
        {
            _missing.Remove(number);
        }
    }

    private async Task Sweep(OpsDb db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now - _sweptAt < s_sweepEach)
        {
            return;
        }

        _sweptAt = now;
        var old = now - s_keep;
        await db.Changes.Where(c => c.At < old).ExecuteDeleteAsync(cancellationToken);
        var forgotten = now - TimeSpan.FromHours(24);
        await db.KnownAnswers.Where(a => a.At < forgotten).ExecuteDeleteAsync(cancellationToken);
    }
}

/// <summary>Every sentence that this room writes to the log. Ids 1910-1919 belong to it.</summary>
internal static partial class LiveLog
{
    [LoggerMessage(1911, LogLevel.Warning, "News could not be read and will be read again")]
    public static partial void PumpFailed(this ILogger log, Exception failure);
}
