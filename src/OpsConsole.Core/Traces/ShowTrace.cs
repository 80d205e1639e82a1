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
    public const int MostSpans = 5_000;
    private const int MostFacts = 30;
    private static readonly TimeSpan s_around = TimeSpan.FromMinutes(5);

    public async Task<Outcome<TraceDetails>> Handle(ShowTrace request, CancellationToken cancellationToken)
    {
        var scope = request.Actor.Scope;
        if (TraceIds.Parse(request.TraceId) is not { } id
            || await db.Traces.AsNoTracking().Seen(db, scope).SingleOrDefaultAsync(t => t.TraceId == id, cancellationToken) is not { } trace)
        {
            return Refusal.NotFound("The trace");
        }

        var (first, last) = trace.Days;
        var spans = await db.Spans.AsNoTracking().Where(s => s.TraceId == id && s.Day >= first && s.Day <= last).OrderBy(s => s.StartNanos).Take(MostSpans).ToListAsync(cancellationToken);
        var tree = TraceTree.Of(spans);
        var resources = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var said = await db.TraceKeys.AsNoTracking().Where(k => k.TraceId == id).OrderBy(k => k.Type).ThenBy(k => k.Id).ToListAsync(cancellationToken);
        var known = await ObjectNames.Resolve(db, [.. said.Select(key => key.SpokenKey)], cancellationToken);
        var seen = known.Values.DistinctBy(o => o.Key).Where(o => scope.Covers(o.Unit)).ToDictionary(o => o.Key);
        return new TraceDetails
        {
            TraceId = Convert.ToHexStringLower(id),
            Service = trace.Service,
            Name = trace.Name,
            StartedAt = trace.StartedAt,
            DurationMs = SpanLine.Ms(tree.End - tree.Start),
            Services = trace.Services,
            Errors = spans.Count(span => span.Failed),
            SpanCount = trace.Spans,
            Spans = [.. tree.Rows.Select(row => SpanLine.Of(row, tree.Start, resources))],
            Times = Times(tree),
            Objects = Objects(said, known, scope),
            Exceptions = await db.RelatedCases([.. seen.Keys], id, scope, cancellationToken),
            Facts = await Facts(id, trace, seen, cancellationToken),
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

    private static List<TraceObject> Objects(IReadOnlyList<TraceKey> said, IReadOnlyDictionary<Guid, BusinessObject> known, Scope scope) =>
    [
        .. from key in said
           let found = known.GetValueOrDefault(key.SpokenKey)
           where found is null ? scope.Everything || (key.Unit is { } unit && scope.Covers(unit)) : scope.Covers(found.Unit)
           group (key, found) by (Type: found?.Type ?? key.Type, Id: found?.Id ?? key.Id) into same
           let found = same.First().found
           select new TraceObject(
               same.Key.Type, same.Key.Id, found?.Label, found?.Unit ?? same.First().key.Unit, found?.LegalEntity, found?.Money(), same.Any(one => one.key.Failed), found is not null),
    ];

    private async Task<IReadOnlyList<TraceFact>> Facts(byte[] id, TraceSummary trace, IReadOnlyDictionary<Guid, BusinessObject> objects, CancellationToken cancellationToken)
    {
        var names = await ObjectNames.Of(db, [.. objects.Keys], cancellationToken);
        var spoken = names.Select(name => name.SpokenKey).Distinct().ToList();
        var owner = names.GroupBy(name => name.SpokenKey).ToDictionary(name => name.Key, name => objects[name.First().ObjectKey]);
        var (since, until) = (trace.StartedAt - s_around, trace.EndedAt + s_around);
        var facts = await db.Events.AsNoTracking().Where(e => spoken.Contains(e.SpokenKey) && e.Time >= since && e.Time <= until)
            .OrderBy(e => e.Time).ThenBy(e => e.Id).Take(MostFacts)
            .Select(e => new { e.SpokenKey, e.Time, e.System, e.Operation, e.Outcome, e.State, e.Amount, e.Currency, e.ErrorMessage, Own = e.TraceId == id })
            .ToListAsync(cancellationToken);
        return
        [
            .. facts.Select(e => new TraceFact(
                e.Time, owner[e.SpokenKey].Type, owner[e.SpokenKey].Id, e.System, e.Operation, e.Outcome, e.State,
                e is { Amount: { } amount, Currency: { } currency } ? new Money(amount, currency) : null, e.ErrorMessage, e.Own)),
        ];
    }
}
