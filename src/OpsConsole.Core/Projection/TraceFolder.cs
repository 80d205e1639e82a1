using OpsConsole.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Projection;

/// <summary>
/// Folds each trace that new spans belong to from all of its spans, as far as they have come. The database adds up; only the spans that give a
/// trace its name are read. A trace that has no summary yet has no spans but those of the batches, which stand together; the others are looked up.
/// </summary>
internal static class TraceFolder
{
    public static async Task Fold(OpsDb db, Guid[] batches, CancellationToken cancellationToken)
    {
        var came = db.Spans.AsNoTracking().Where(span => batches.Contains(span.BatchId));
        var folded = await Read(came, cancellationToken);
        var traces = folded.Values.Select(trace => trace.Sum.TraceId).ToArray();
        var known = (await db.Traces.AsNoTracking().Where(trace => traces.Contains(trace.TraceId)).ToListAsync(cancellationToken)).ConvertAll(trace => (trace.TraceId, trace.Days));
        if (known.Count > 0)
        {
            foreach (var (trace, all) in await Read(All(db, known, folded), cancellationToken))
            {
                folded[trace] = all;
            }
        }

        await db.Dialect.Upsert(db, [.. folded.Values.OrderBy(trace => trace.Sum.TraceId, ByteKeys.Instance).Select(trace => Summary(trace.Sum, trace.Head))], cancellationToken);
    }

    /// <summary>All spans of traces that had some before, within the days between which they lie.</summary>
    private static IQueryable<Span> All(OpsDb db, List<(byte[] TraceId, (DateOnly First, DateOnly Last) Days)> known, Dictionary<Guid, (Sum Sum, Head Head)> came)
    {
        var ids = known.Select(trace => trace.TraceId).ToArray();
        var first = known.Min(trace => Earlier(trace.Days.First, Day(came[new Guid(trace.TraceId)].Sum.Start)));
        var last = known.Max(trace => Later(trace.Days.Last, Day(came[new Guid(trace.TraceId)].Sum.End)));
        return db.Spans.AsNoTracking().Where(span => ids.Contains(span.TraceId) && span.Day >= first && span.Day <= last);
    }

    private static async Task<Dictionary<Guid, (Sum Sum, Head Head)>> Read(IQueryable<Span> spans, CancellationToken cancellationToken)
    {
        var sums = await Sums(spans).ToListAsync(cancellationToken);
        var heads = sums.Count == 0 ? [] : await Heads(spans, sums, cancellationToken);
        return sums.ToDictionary(sum => new Guid(sum.TraceId), sum => (sum, heads[new Guid(sum.TraceId)]));
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
        var heads = await Named(spans.Where(span => span.ParentSpanId == null)).ToListAsync(cancellationToken);
        if (rootless.Length > 0)
        {
            heads.AddRange(await Named(spans.Where(span => rootless.Contains(span.TraceId))).ToListAsync(cancellationToken));
        }

        return heads.GroupBy(head => new Guid(head.TraceId))
            .ToDictionary(trace => trace.Key, trace => trace.OrderBy(head => head.Start).ThenBy(head => head.Name, StringComparer.Ordinal).First());
    }

    private static IQueryable<Head> Named(IQueryable<Span> spans) => spans.Select(span => new Head(span.TraceId, span.StartNanos, span.Service, span.Name));

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

    private static DateOnly Day(long nanos) => DateOnly.FromDateTime(At(nanos).UtcDateTime);

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    private static DateTimeOffset At(long nanos) => DateTimeOffset.UnixEpoch.AddTicks(nanos / 100);

    private sealed record Sum(byte[] TraceId, long Start, long End, int Spans, int Errors, int Services, int Roots, DateTimeOffset ReceivedAt);

    private sealed record Head(byte[] TraceId, long Start, string Service, string Name);
}
