using Microsoft.Extensions.Options;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Traces;

/// <summary>
/// Keeps the days of spans and logs: makes their partitions ahead, gives a partition to days that came otherwise (a backfill), and drops whole days when
/// they are old, with the summaries and keys of their traces. Nothing of it is on the way of what comes in.
/// </summary>
public sealed class SpanDaysWorker(IDbContextFactory<OpsDb> databases, IOptions<RetentionOptions> options, TimeProvider clock, ILogger<SpanDaysWorker> log)
    : LeasedWorker(databases, new WorkSignal(), TimeSpan.FromMinutes(10), log)
{
    /// <summary>Rows of one delete: below the locks at which SQL Server would take the whole table.</summary>
    private const int Chunk = 4_000;

    protected override string LeaseName => "span-days";

    protected override async Task<bool> Turn(long epoch, CancellationToken cancellationToken)
    {
        var window = SpanWindow.Of(clock.GetUtcNow(), options.Value.SpanDays);
        foreach (var day in await InTransaction(epoch, db => db.Dialect.MissingSpanDays(db, window, cancellationToken), cancellationToken))
        {
            await InTransaction(epoch, Add(day), cancellationToken);
        }

        foreach (var day in await InTransaction(epoch, db => db.Dialect.OldSpanDays(db, window, cancellationToken), cancellationToken))
        {
            await InTransaction(epoch, Drop(day), cancellationToken);
            log.DayDropped(day);
        }

        var odd = await InTransaction(epoch, db => DropOdd(db, window, cancellationToken), cancellationToken);
        var logs = await InTransaction(epoch, db => DropOddLogs(db, window, cancellationToken), cancellationToken);
        var traces = await InTransaction(epoch, db => DropTraces(db, window, cancellationToken), cancellationToken);
        return odd == Chunk || logs == Chunk || traces == Chunk;

        Func<OpsDb, Task<bool>> Add(DateOnly day) => async db =>
        {
            await db.Dialect.AddSpanDay(db, day, cancellationToken);
            return true;
        };

        Func<OpsDb, Task<bool>> Drop(DateOnly day) => async db =>
        {
            await db.Dialect.DropSpanDay(db, day, cancellationToken);
            return true;
        };
    }

    /// <summary>Spans that no day's partition held.</summary>
    private static Task<int> DropOdd(OpsDb db, SpanWindow window, CancellationToken cancellationToken)
    {
        var received = window.ReceivedFrom;
        return db.Spans.Where(s => (s.Day < window.From || s.Day > window.Until) && s.ReceivedAt < received).OrderBy(s => s.Day).Take(Chunk).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>The same of logs.</summary>
    private static Task<int> DropOddLogs(OpsDb db, SpanWindow window, CancellationToken cancellationToken)
    {
        var received = window.ReceivedFrom;
        return db.Logs.Where(l => (l.Day < window.From || l.Day > window.Until) && l.ReceivedAt < received).OrderBy(l => l.Day).Take(Chunk).ExecuteDeleteAsync(cancellationToken);
    }

    private static async Task<int> DropTraces(OpsDb db, SpanWindow window, CancellationToken cancellationToken)
    {
        var (from, until) = (window.ReceivedFrom, new DateTimeOffset(window.Until.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
        var old = await db.Traces
            .Where(t => (t.StartedAt < from || t.StartedAt > until) && (t.EndedAt < from || t.StartedAt > until) && t.ReceivedAt < from)
            .OrderBy(t => t.StartedAt).Select(t => t.TraceId).Take(Chunk).ToArrayAsync(cancellationToken);
        if (old.Length > 0)
        {
            await db.TraceKeys.Where(k => old.Contains(k.TraceId)).ExecuteDeleteAsync(cancellationToken);
            await db.Traces.Where(t => old.Contains(t.TraceId)).ExecuteDeleteAsync(cancellationToken);
        }

        return old.Length;
    }
}

/// <summary>What this room writes to the log. Ids 1300-1309 belong to it.</summary>
internal static partial class TracesLog
{
    [LoggerMessage(1301, LogLevel.Information, "The spans that started on {Day} and the logs of that day were dropped: they are older than is kept")]
    public static partial void DayDropped(this ILogger log, DateOnly day);
}
