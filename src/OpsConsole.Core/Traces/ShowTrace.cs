using OpsConsole.Contracts;
using OpsConsole.Events;
using OpsConsole.Storage;

namespace OpsConsole.Traces;

/// <summary>One trace as a tree, with the business objects that it speaks of.</summary>
/// <param name="TraceId">32 hexadecimal digits.</param>
/// <param name="Actor">Who asks.</param>
/// <param name="Before">What was answered before, when it is asked again: its spans are kept while no more have come.</param>
public sealed record ShowTrace(string TraceId, Actor Actor, TraceDetails? Before = null) : IRequest<Outcome<TraceDetails>>, IGuarded
{
    public Right Needs => Right.ReadFacts;
}

/// <summary>A trace: its spans in the order in which they are drawn, where the time went, and what it meant for the business.</summary>
public sealed record TraceDetails
{
    public required string TraceId { get; init; }
    public required string Service { get; init; }
    public required string Name { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required double DurationMs { get; init; }
    public required int Services { get; init; }
    public required int Errors { get; init; }

    /// <summary>How many spans there are; <see cref="Spans"/> holds at most 100,000.</summary>
    public required int SpanCount { get; init; }

    /// <summary>When the last of them was received.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
    public required IReadOnlyList<SpanLine> Spans { get; init; }

    /// <summary>The whole duration in pieces, by service, waits apart; the largest first.</summary>
    public required IReadOnlyList<TimeShare> Times { get; init; }

    /// <summary>Each service's part in the work, the largest first.</summary>
    public required IReadOnlyList<ServiceShare> ByService { get; init; }
    public required IReadOnlyList<TraceObject> Objects { get; init; }
    public required IReadOnlyList<RelatedCase> Exceptions { get; init; }

    /// <summary>What was said of its objects while it ran and shortly around it.</summary>
    public required IReadOnlyList<TraceFact> Facts { get; init; }
}

/// <summary>Part of a trace's duration.</summary>
/// <param name="Name">A service, or what was waited for.</param>
/// <param name="Ms">How much of the critical path.</param>
/// <param name="Wait">Nothing ran: a queue or an outbox.</param>
public sealed record TimeShare(string Name, double Ms, bool Wait);

/// <summary>What one service did in a trace.</summary>
/// <param name="Service">Its <c>service.name</c>.</param>
/// <param name="Spans">How many.</param>
/// <param name="Errors">How many of them failed.</param>
/// <param name="SelfMs">Its spans' own time, which none of their children covers; what ran side by side counts each.</param>
/// <param name="Share">Of the own time of all services, 0 to 1.</param>
/// <param name="CriticalMs">What of the trace's duration went through it.</param>
public sealed record ServiceShare(string Service, int Spans, int Errors, double SelfMs, double Share, double CriticalMs);

/// <summary>A business object that the trace speaks of; without a unit when no fact or link knows it yet.</summary>
public sealed record TraceObject(string Type, string Id, string? Label, string? Unit, string? LegalEntity, Money? Amount, bool Failed, bool Known);

/// <summary>A fact about one of the trace's objects. <paramref name="OwnTrace"/>: the event itself names this trace.</summary>
public sealed record TraceFact(
    DateTimeOffset Time, string Type, string Id, string System, string Operation, SyncOutcome Outcome, string? State, Money? Amount, string? ErrorMessage, bool OwnTrace);

internal sealed class ShowTraceHandler(OpsDb db, ContractShelf shelf, TimeProvider clock) : IRequestHandler<ShowTrace, Outcome<TraceDetails>>
{
    public async Task<Outcome<TraceDetails>> Handle(ShowTrace request, CancellationToken cancellationToken)
    {
        var scope = request.Actor.Scope;
        if (TraceIds.Parse(request.TraceId) is not { } id || await TraceSubjects.Read(db, id, scope, cancellationToken) is not { } subjects)
        {
            return Refusal.NotFound("The trace");
        }

        var trace = subjects.Trace;
        var before = request.Before is { } kept && kept.ReceivedAt == trace.ReceivedAt && kept.SpanCount == trace.Spans ? request.Before : null;
        var around = await TraceAround.Read(db, subjects, scope, before is null, cancellationToken);
        if (before is not null && before.Facts.Count != around.Facts.Count)
        {
            // What was said meanwhile may name a gap, and that takes the spans again.
            (before, around) = (null, await TraceAround.Read(db, subjects, scope, true, cancellationToken));
        }

        return (before ?? Tell(subjects, around, await TelemetryVeil.Of(db, shelf, request.Actor, id, clock.GetUtcNow(), cancellationToken))) with { Objects = Objects(subjects, scope), Exceptions = around.Exceptions, Facts = around.Facts };
    }

    private static TraceDetails Tell(TraceSubjects subjects, TraceAround around, TelemetryVeil veil)
    {
        var (trace, tree) = (subjects.Trace, TraceTree.Of(around.Spans));
        var (gaps, shared) = (new GapNames(around.Facts), new SharedTexts());
        var spans = new List<SpanLine>(tree.Rows.Count);
        spans.AddRange(tree.Rows.Select(row => SpanLine.Of(row, tree.Start, gaps, shared, veil, subjects.Whole)));
        return new TraceDetails
        {
            TraceId = Convert.ToHexStringLower(trace.TraceId),
            Service = trace.Service,
            Name = trace.Name,
            StartedAt = trace.StartedAt,
            DurationMs = SpanLine.Ms(tree.End - tree.Start),
            Services = trace.Services,
            Errors = around.Spans.Count(span => span.Failed),
            SpanCount = trace.Spans,
            ReceivedAt = trace.ReceivedAt,
            Spans = spans,
            Times = Times(spans),
            ByService = ByService(spans),
            Objects = [],
            Exceptions = [],
            Facts = [],
        };
    }

    private static List<TimeShare> Times(List<SpanLine> spans)
    {
        var services = spans.Where(span => span.CriticalMs > 0).GroupBy(span => span.Service, StringComparer.Ordinal)
            .Select(service => new TimeShare(service.Key, Sum(service, span => span.CriticalMs), false));
        var gaps = spans.Select(span => span.Gap).OfType<TraceGap>().GroupBy(gap => gap.Name, StringComparer.Ordinal)
            .Select(gap => new TimeShare(gap.Key, Sum(gap, one => one.Ms), true));
        return [.. services.Concat(gaps).OrderByDescending(share => share.Ms)];
    }

    private static List<ServiceShare> ByService(List<SpanLine> spans)
    {
        var whole = Math.Max(spans.Sum(span => span.SelfMs), double.Epsilon);
        return
        [
            .. from span in spans
               group span by span.Service into service
               let self = Sum(service, span => span.SelfMs)
               orderby self descending, service.Key
               select new ServiceShare(service.Key, service.Count(), service.Count(span => span.Failed), self, self / whole, Sum(service, span => span.CriticalMs)),
        ];
    }

    // As precise as its parts are.
    private static double Sum<T>(IEnumerable<T> parts, Func<T, double> ms) => Math.Round(parts.Sum(ms), 4);

    private static List<TraceObject> Objects(TraceSubjects subjects, Scope scope) =>
    [
        .. from key in subjects.Said
           let found = subjects.Known.GetValueOrDefault(key.SpokenKey)
           where found is null ? scope.Everything || (key.Unit is { } unit && scope.Covers(unit, entity: null)) : scope.Covers(found.Unit)
           group (key, found) by (Type: found?.Type ?? key.Type, Id: found?.Id ?? key.Id) into same
           let found = same.First().found
           select new TraceObject(
               same.Key.Type, same.Key.Id, found?.Label, found?.Unit ?? same.First().key.Unit, found?.LegalEntity, found?.Money(), same.Any(one => one.key.Failed), found is not null),
    ];
}
