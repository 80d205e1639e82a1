using System.Text.Json;
using OpsConsole.Events;
using OpsConsole.Storage;

namespace OpsConsole.Traces;

/// <summary>One trace as a tree, with the business objects that it speaks of.</summary>
public sealed record ShowTrace(string TraceId, Actor Actor) : IRequest<Outcome<TraceDetails>>, IGuarded
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

    /// <summary>How many spans there are; <see cref="Spans"/> holds at most 5,000.</summary>
    public required int SpanCount { get; init; }
    public required IReadOnlyList<SpanLine> Spans { get; init; }

    /// <summary>The whole duration in pieces, by service, waits apart; the largest first.</summary>
    public required IReadOnlyList<TimeShare> Times { get; init; }
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

/// <summary>A business object that the trace speaks of; without a unit when no fact or link knows it yet.</summary>
public sealed record TraceObject(string Type, string Id, string? Label, string? Unit, string? LegalEntity, Money? Amount, bool Failed, bool Known);

/// <summary>A fact about one of the trace's objects. <paramref name="OwnTrace"/>: the event itself names this trace.</summary>
public sealed record TraceFact(
    DateTimeOffset Time, string Type, string Id, string System, string Operation, SyncOutcome Outcome, string? State, Money? Amount, string? ErrorMessage, bool OwnTrace);

internal sealed class ShowTraceHandler(OpsDb db) : IRequestHandler<ShowTrace, Outcome<TraceDetails>>
{
    public async Task<Outcome<TraceDetails>> Handle(ShowTrace request, CancellationToken cancellationToken)
    {
        var scope = request.Actor.Scope;
        if (TraceIds.Parse(request.TraceId) is not { } id || await TraceSubjects.Read(db, id, scope, cancellationToken) is not { } subjects)
        {
            return Refusal.NotFound("The trace");
        }

        var around = await TraceAround.Read(db, subjects, scope, cancellationToken);
        var tree = TraceTree.Of(around.Spans);
        var resources = new Dictionary<string, (JsonElement, string?)>(StringComparer.Ordinal);
        var trace = subjects.Trace;
        return new TraceDetails
        {
            TraceId = Convert.ToHexStringLower(id),
            Service = trace.Service,
            Name = trace.Name,
            StartedAt = trace.StartedAt,
            DurationMs = SpanLine.Ms(tree.End - tree.Start),
            Services = trace.Services,
            Errors = around.Spans.Count(span => span.Failed),
            SpanCount = trace.Spans,
            Spans = [.. tree.Rows.Select(row => SpanLine.Of(row, tree.Start, resources))],
            Times = Times(tree),
            Objects = Objects(subjects, scope),
            Exceptions = around.Exceptions,
            Facts = around.Facts,
        };
    }

    private static List<TimeShare> Times(TraceTree tree)
    {
        var services = tree.Rows.Where(row => row.CriticalNanos > 0).GroupBy(row => row.Span.Service, StringComparer.Ordinal)
            .Select(service => new TimeShare(service.Key, SpanLine.Ms(service.Sum(row => row.CriticalNanos)), false));
        var waits = tree.Rows.Where(row => row.WaitedNanos > 0).GroupBy(SpanLine.WaitOf, StringComparer.Ordinal)
            .Select(wait => new TimeShare(wait.Key, SpanLine.Ms(wait.Sum(row => row.WaitedNanos)), true));
        return [.. services.Concat(waits).OrderByDescending(share => share.Ms)];
    }

    private static List<TraceObject> Objects(TraceSubjects subjects, Scope scope) =>
    [
        .. from key in subjects.Said
           let found = subjects.Known.GetValueOrDefault(key.SpokenKey)
           where found is null ? scope.Everything || (key.Unit is { } unit && scope.Covers(unit)) : scope.Covers(found.Unit)
           group (key, found) by (Type: found?.Type ?? key.Type, Id: found?.Id ?? key.Id) into same
           let found = same.First().found
           select new TraceObject(
               same.Key.Type, same.Key.Id, found?.Label, found?.Unit ?? same.First().key.Unit, found?.LegalEntity, found?.Money(), same.Any(one => one.key.Failed), found is not null),
    ];
}
