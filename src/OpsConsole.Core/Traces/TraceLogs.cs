using OpsConsole.Storage;

namespace OpsConsole.Traces;

/// <summary>The log records of a trace. Who sees the trace sees them, as its spans.</summary>
internal static class TraceLogs
{
    /// <summary>Clocks differ, and what is logged of a trace may be logged a little before or after it.</summary>
    private const int DaysAround = 1;

    /// <summary>Nothing: there is no such trace in the scope.</summary>
    public static async Task<IQueryable<LogRecord>?> Of(OpsDb db, string traceId, Scope scope, CancellationToken cancellationToken)
    {
        if (TraceIds.Parse(traceId) is not { } id
            || await db.Traces.AsNoTracking().Seen(db, scope).SingleOrDefaultAsync(t => t.TraceId == id, cancellationToken) is not { } trace)
        {
            return null;
        }

        var (first, last) = (trace.Days.First.AddDays(-DaysAround), trace.Days.Last.AddDays(DaysAround));
        return db.Logs.AsNoTracking().Where(l => l.TraceId == id && l.Day >= first && l.Day <= last);
    }
}
