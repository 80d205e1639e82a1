using Microsoft.Extensions.Hosting;
using OpsConsole.Storage;

namespace OpsConsole.Live;

/// <summary>
/// Tells this node's listeners what any node committed. Numbers are given before commits finish, so a number that was skipped is
/// remembered and asked for again until it appears, or has been missing for so long that its transaction must have failed. One that is missing
/// for three seconds may be news that was lost: everybody is told to look again.
/// </summary>
public sealed class ChangePump(IDbContextFactory<OpsDb> databases, NewsBoard board, WorkSignals bells, TimeProvider clock, ILogger<ChangePump> log) : BackgroundService
{
    private const int Most = 2_000;
    private const int MostMissing = 5_000;
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_doubt = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_giveUp = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_keep = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_sweepEach = TimeSpan.FromMinutes(5);
    private readonly Dictionary<long, Gap> _missing = [];
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
        var given = await db.Dialect.LastChange(db, cancellationToken);
        var at = clock.GetUtcNow();
        _last ??= given;
        var late = _missing.Keys.ToList();
        var rows = await db.Changes.AsNoTracking().Where(c => c.Number > _last || late.Contains(c.Number)).OrderBy(c => c.Number).Take(Most).ToListAsync(cancellationToken);
        var more = rows.Count == Most;
        Remember([.. rows.Select(row => row.Number)], more ? 0 : given, at);
        if (rows.Count > 0)
        {
            board.Announce([.. rows.Select(row => new News(row.Topic, row.Number, row.Unit, row.Queue, row.Subject))]);
        }

        Doubt(at);
        if (!more)
        {
            board.Looked(at);
        }

        await Sweep(db, cancellationToken);
        return more;
    }

    // What was given and did not come is missing: between those that came, and after them.
    private void Remember(IReadOnlyList<long> came, long given, DateTimeOffset now)
    {
        var here = came.ToHashSet();
        var end = came.Append(given).Max();
        for (; _last < end && _missing.Count < MostMissing; _last++)
        {
            if (!here.Contains(_last.Value + 1))
            {
                _missing.TryAdd(_last.Value + 1, new Gap(now, false));
            }
        }

        foreach (var number in _missing.Where(missing => here.Contains(missing.Key) || now - missing.Value.Since > s_giveUp).Select(missing => missing.Key).ToList())
        {
            _missing.Remove(number);
        }
    }

    // Told once for each gap: whatever it was, the listeners find it when they look again.
    private void Doubt(DateTimeOffset now)
    {
        var doubtful = _missing.Where(missing => !missing.Value.Told && now - missing.Value.Since > s_doubt).Select(missing => missing.Key).ToList();
        if (doubtful.Count == 0)
        {
            return;
        }

        doubtful.ForEach(number => _missing[number] = _missing[number] with { Told = true });
        board.Announce([.. LiveTopic.All.Select(topic => new News(topic, doubtful.Max(), null, null, null))]);
    }

    private sealed record Gap(DateTimeOffset Since, bool Told);

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
