using OpsConsole.Storage;

namespace OpsConsole.Traces;

/// <summary>How many log records belong to a trace, and to each of its spans.</summary>
public sealed record CountTraceLogs(string TraceId, Actor Actor) : IRequest<Outcome<TraceLogCounts>>, IGuarded
{
    public Right Needs => Right.ReadFacts;
}

/// <param name="Total">All of the trace, with or without a span.</param>
/// <param name="BySpan">Of the spans that have some, by span id.</param>
public sealed record TraceLogCounts(int Total, IReadOnlyDictionary<string, int> BySpan)
{
    public static readonly TraceLogCounts None = new(0, new Dictionary<string, int>());

    public int Of(string spanId) => BySpan.GetValueOrDefault(spanId);
}

internal sealed class CountTraceLogsHandler(OpsDb db) : IRequestHandler<CountTraceLogs, Outcome<TraceLogCounts>>
{
    public async Task<Outcome<TraceLogCounts>> Handle(CountTraceLogs request, CancellationToken cancellationToken)
    {
        if (await TraceLogs.Of(db, request.TraceId, request.Actor.Scope, cancellationToken) is not { } logs)
        {
            return Refusal.NotFound("The trace");
        }

        var counts = await logs.GroupBy(l => l.SpanId).Select(span => new { span.Key, Count = span.Count() }).ToListAsync(cancellationToken);
        return new TraceLogCounts(
            counts.Sum(span => span.Count),
            counts.Where(span => span.Key is not null).ToDictionary(span => Convert.ToHexStringLower(span.Key!), span => span.Count, StringComparer.Ordinal));
    }
}
