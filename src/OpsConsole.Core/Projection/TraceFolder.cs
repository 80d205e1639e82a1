using OpsConsole.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Projection;

/// <summary>Folds each trace that new spans belong to from all of its spans, as far as they have come.</summary>
internal static class TraceFolder
{
    public static async Task Fold(OpsDb db, Guid[] batches, CancellationToken cancellationToken)
    {
        var traces = await db.Spans.AsNoTracking().Where(span => batches.Contains(span.BatchId)).Select(span => span.TraceId).Distinct().ToArrayAsync(cancellationToken);
        var spans = await db.Spans.AsNoTracking().Where(span => traces.Contains(span.TraceId))
            .Select(span => new Head(span.TraceId, span.ParentSpanId == null, span.StartNanos, span.EndNanos, span.Failed, span.Service, span.Name, span.ReceivedAt))
            .ToListAsync(cancellationToken);
        var rows = spans.GroupBy(span => Convert.ToHexString(span.TraceId), StringComparer.Ordinal).OrderBy(trace => trace.Key, StringComparer.Ordinal)
            .Select(trace => Summary([.. trace])).ToList();
        await db.Dialect.Upsert(db, rows, cancellationToken);
    }

    private static TraceSummary Summary(List<Head> spans)
    {
        var first = spans.OrderBy(span => !span.Root).ThenBy(span => span.Start).ThenBy(span => span.Name, StringComparer.Ordinal).First();
        return new TraceSummary
        {
            TraceId = first.TraceId,
            StartedAt = At(spans.Min(span => span.Start)),
            EndedAt = At(spans.Max(span => Math.Max(span.Start, span.End))),
            Spans = spans.Count,
            Errors = spans.Count(span => span.Failed),
            Service = first.Service,
            Name = first.Name,
            HasRoot = first.Root,
            Services = spans.Select(span => span.Service).Distinct(StringComparer.Ordinal).Count(),
            ReceivedAt = spans.Max(span => span.ReceivedAt),
        };
    }

    private static DateTimeOffset At(long nanos) => DateTimeOffset.UnixEpoch.AddTicks(nanos / 100);

    private sealed record Head(byte[] TraceId, bool Root, long Start, long End, bool Failed, string Service, string Name, DateTimeOffset ReceivedAt);
}
