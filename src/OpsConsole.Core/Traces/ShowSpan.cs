using OpsConsole.Contracts;
using OpsConsole.Storage;

namespace OpsConsole.Traces;

/// <summary>One span of a trace with all that it carries: of a trace of thousands of spans the list has only what is drawn.</summary>
/// <param name="TraceId">32 hexadecimal digits.</param>
/// <param name="SpanId">16 hexadecimal digits.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ShowSpan(string TraceId, string SpanId, Actor Actor) : IRequest<Outcome<SpanLine>>, IGuarded
{
    public Right Needs => Right.ReadFacts;
}

internal sealed class ShowSpanHandler(OpsDb db, ContractShelf shelf, TimeProvider clock) : IRequestHandler<ShowSpan, Outcome<SpanLine>>
{
    private const int Digits = 16;

    public async Task<Outcome<SpanLine>> Handle(ShowSpan request, CancellationToken cancellationToken)
    {
        if (TraceIds.Parse(request.TraceId) is not { } id || request.SpanId.Length != Digits || !request.SpanId.All(char.IsAsciiHexDigit))
        {
            return Refusal.NotFound("The span");
        }

        var trace = await db.Traces.AsNoTracking().Seen(db, request.Actor.Scope).Where(t => t.TraceId == id).SingleOrDefaultAsync(cancellationToken);
        if (trace is null)
        {
            return Refusal.NotFound("The trace");
        }

        var (span, first, last) = (Convert.FromHexString(request.SpanId), trace.Days.First, trace.Days.Last);
        var found = await db.Spans.AsNoTracking().Where(s => s.TraceId == id && s.SpanId == span && s.Day >= first && s.Day <= last).OrderBy(s => s.StartNanos).FirstOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return Refusal.NotFound("The span");
        }

        return Line(found, trace, await TelemetryVeil.Of(db, shelf, request.Actor, id, clock.GetUtcNow(), cancellationToken));
    }

    // By itself: what only the whole trace can tell (its own time, its depth, the critical path) stands in the trace.
    private static SpanLine Line(Span span, TraceSummary trace, TelemetryVeil veil)
    {
        var read = new SpanRead(
            span.SpanId, span.ParentSpanId, span.StartNanos, span.EndNanos, span.Name, span.Service, span.Kind, span.Failed, span.StatusMessage, span.ScopeName,
            span.Attributes, span.Resource, span.Events, span.Links);
        var start = (trace.StartedAt - DateTimeOffset.UnixEpoch).Ticks * 100;
        return SpanLine.Of(new SpanNode(read) { SelfNanos = Math.Max(0, read.EndNanos - read.StartNanos) }, start, new GapNames([]), new SharedTexts(), veil, whole: true);
    }
}
