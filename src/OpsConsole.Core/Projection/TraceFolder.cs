using OpsConsole.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Projection;

/// <summary>Folds each trace that new spans belong to from all of its spans, as far as they have come. The database adds up; only the spans that give a trace its name are read.</summary>
internal static class TraceFolder
{
    public static async Task Fold(OpsDb db, Guid[] batches, CancellationToken cancellationToken)
    {
        var came = await db.Spans.AsNoTracking().Where(span => batches.Contains(span.BatchId))
            .GroupBy(span => span.TraceId)
            .Select(trace => new { TraceId = trace.Key, First = trace.Min(span => span.Day), Last = trace.Max(span => span.Day) })
            .ToListAsync(cancellationToken);
        if (came.Count == 0)
        {
            return;
        }

        var traces = came.Select(trace => trace.TraceId).ToArray();
        var days = (await db.Traces.AsNoTracking().Where(trace => traces.Contains(trace.TraceId)).ToListAsync(cancellationToken))
            .Select(trace => trace.Days).Concat(came.Select(trace => (trace.First, trace.Last))).ToList();
        var (first, last) = (days.Min(day => day.First), days.Max(day => day.Last));
        var all = db.Spans.AsNoTracking().Where(span => traces.Contains(span.TraceId) && span.Day >= first && span.Day <= last);
        var sums = await Sums(all).ToListAsync(cancellationToken);
        var heads = await Heads(all, sums, cancellationToken);
        await db.Dialect.Upsert(
            db, [.. sums.OrderBy(sum => sum.TraceId, ByteKeys.Instance).Select(sum => Summary(sum, heads[new Guid(sum.TraceId)]))], cancellationToken);
    }

    private static IQueryable<Sum> Sums(IQueryable<Span> spans) =>
        spans.GroupBy(span => span.TraceId).Select(trace => new Sum(
            trace.Key,
            trace.Min(span => span.StartNanos),
            trace.Max(span => span.EndNanos > span.StartNanos ? span.EndNanos : span.StartNanos),
            trace.Count(),
            trace.Count(span => span.Failed),
            trace.Select(span => span.Service).Distinct().Count(),
            trace.Count(span => span.ParentSpanId == null),
            trace.Max(span => span.ReceivedAt)));

    /// <summary>The span that names each trace: its earliest root, or its earliest of all while no root has come.</summary>
    private static async Task<Dictionary<Guid, Head>> Heads(IQueryable<Span> spans, List<Sum> sums, CancellationToken cancellationToken)
    {
        var rootless = sums.Where(sum => sum.Roots == 0).Select(sum => sum.TraceId).ToArray();
        var heads = await Read(spans.Where(span => span.ParentSpanId == null)).ToListAsync(cancellationToken);
        if (rootless.Length > 0)
        {
            heads.AddRange(await Read(spans.Where(span => rootless.Contains(span.TraceId))).ToListAsync(cancellationToken));
        }

        return heads.GroupBy(head => new Guid(head.TraceId))
            .ToDictionary(trace => trace.Key, trace => trace.OrderBy(head => head.Start).ThenBy(head => head.Name, StringComparer.Ordinal).First());
    }

    private static IQueryable<Head> Read(IQueryable<Span> spans) => spans.Select(span => new Head(span.TraceId, span.StartNanos, span.Service, span.Name));

    private static TraceSummary Summary(Sum sum, Head head) => new()
    {
        TraceId = sum.TraceId,
        StartedAt = At(sum.Start),
        EndedAt = At(sum.End),
        Spans = sum.Spans,
        Errors = sum.Errors,
        Service = head.Service,
        Name = head.Name,
        HasRoot = sum.Roots > 0,
        Services = sum.Services,
        ReceivedAt = sum.ReceivedAt,
    };

    private static DateTimeOffset At(long nanos) => DateTimeOffset.UnixEpoch.AddTicks(nanos / 100);

    private sealed record Sum(byte[] TraceId, long Start, long End, int Spans, int Errors, int Services, int Roots, DateTimeOffset ReceivedAt);

    private sealed record Head(byte[] TraceId, long Start, string Service, string Name);
}
