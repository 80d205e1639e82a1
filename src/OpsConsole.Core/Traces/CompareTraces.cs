using OpsConsole.Contracts;
using OpsConsole.Storage;

namespace OpsConsole.Traces;

/// <summary>
/// Sets a trace beside a healthy twin. The twin begins with the same step of the same service, its root has come, no span of it failed and no
/// exception names it; of those the same unit is preferred, then the nearest in time (within 30 days before or after).
/// </summary>
/// <param name="TraceId">32 hexadecimal digits.</param>
/// <param name="With">A trace to compare with instead; nothing: it is picked.</param>
/// <param name="Actor">Who asks; the twin, too, must be in their scope.</param>
public sealed record CompareTraces(string TraceId, string? With, Actor Actor) : IRequest<Outcome<TraceComparison>>, IGuarded
{
    public Right Needs => Right.ReadFacts;
}

/// <summary>A trace and its twin, side by side.</summary>
public sealed record TraceComparison
{
    public required TraceSide Here { get; init; }

    /// <summary>Nothing: there is no healthy run of the same kind.</summary>
    public TraceSide? Healthy { get; init; }

    /// <summary>Each step by its way from the root, as it is and as it should be; at most 500.</summary>
    public required IReadOnlyList<StepComparison> Steps { get; init; }

    /// <summary>All attributes of the steps that failed, and of the others what differs; at most 300.</summary>
    public required IReadOnlyList<AttributeComparison> Attributes { get; init; }

    /// <summary>The messages about its objects, those that were refused first; at most 20.</summary>
    public required IReadOnlyList<PayloadComparison> Payloads { get; init; }
}

/// <summary>One of two traces that are compared.</summary>
/// <param name="TraceId">Its id.</param>
/// <param name="Service">Of its first step.</param>
/// <param name="Name">Of its first step.</param>
/// <param name="StartedAt">Its first start.</param>
/// <param name="DurationMs">First start to last end.</param>
/// <param name="Spans">How many; the first 5,000 are compared.</param>
/// <param name="Errors">How many of them failed.</param>
/// <param name="Unit">The business unit that most of its objects are of.</param>
public sealed record TraceSide(string TraceId, string Service, string Name, DateTimeOffset StartedAt, double DurationMs, int Spans, int Errors, string? Unit);

internal sealed class CompareTracesHandler(OpsDb db, ContractShelf shelf, TimeProvider clock) : IRequestHandler<CompareTraces, Outcome<TraceComparison>>
{
    private const int MostCandidates = 20;
    private static readonly TimeSpan s_far = TimeSpan.FromDays(30);

    public async Task<Outcome<TraceComparison>> Handle(CompareTraces request, CancellationToken cancellationToken)
    {
        var seen = db.Traces.AsNoTracking().Seen(db, request.Actor.Scope);
        if (await Find(seen, request.TraceId, cancellationToken) is not { } trace)
        {
            return Refusal.NotFound("The trace");
        }

        var named = request.With is null ? null : await Find(seen, request.With, cancellationToken);
        if (request.With is not null && named is null)
        {
            return Refusal.NotFound("The trace to compare with");
        }

        var candidates = named is null ? await Alike(seen, trace, cancellationToken) : [named];
        var units = await Units([trace, .. candidates], cancellationToken);
        var twin = Twin.Pick(candidates, candidate => candidate.StartedAt, candidate => units.GetValueOrDefault(Hex(candidate)), trace.StartedAt, units.GetValueOrDefault(Hex(trace)));
        var (here, healthy) = await Spans(trace, twin, cancellationToken);
        var (ours, theirs) = (TraceTree.Of(here), TraceTree.Of(healthy));
        var steps = TraceSteps.Of(ours, theirs);
        var veil = await TelemetryVeil.Of(db, shelf, request.Actor, trace.TraceId, clock.GetUtcNow(), cancellationToken);
        return new TraceComparison
        {
            Here = Side(trace, ours, units),
            Healthy = twin is null ? null : Side(twin, theirs, units),
            Steps = twin is null ? [] : steps.Compare(),
            Attributes = twin is null ? [] : [.. steps.CompareAttributes().Select(veil.Over)],
            Payloads = twin is null ? [] : await Payloads(trace, twin, request.Actor, cancellationToken),
        };
    }

    private static async Task<TraceSummary?> Find(IQueryable<TraceSummary> seen, string traceId, CancellationToken cancellationToken) =>
        TraceIds.Parse(traceId) is { } id ? await seen.Where(t => t.TraceId == id).SingleOrDefaultAsync(cancellationToken) : null;

    // The nearest on either side: an index in the order of start leads there.
    private async Task<IReadOnlyList<TraceSummary>> Alike(IQueryable<TraceSummary> seen, TraceSummary trace, CancellationToken cancellationToken)
    {
        var (id, service, name, at, since, until) = (trace.TraceId, trace.Service, trace.Name, trace.StartedAt, trace.StartedAt - s_far, trace.StartedAt + s_far);
        var alike = seen.Where(t => t.Service == service && t.Name == name && t.HasRoot && t.Errors == 0 && t.TraceId != id && !db.Cases.Any(c => c.TraceId == t.TraceId));
        var before = await alike.Where(t => t.StartedAt <= at && t.StartedAt >= since).OrderByDescending(t => t.StartedAt).Take(MostCandidates).ToListAsync(cancellationToken);
        var after = await alike.Where(t => t.StartedAt > at && t.StartedAt <= until).OrderBy(t => t.StartedAt).Take(MostCandidates).ToListAsync(cancellationToken);
        return [.. before, .. after];
    }

    private async Task<Dictionary<string, string>> Units(IReadOnlyList<TraceSummary> traces, CancellationToken cancellationToken)
    {
        var ids = traces.Select(trace => trace.TraceId).ToList();
        var said = await (
            from key in db.TraceKeys.AsNoTracking()
            where ids.Contains(key.TraceId)
            join o in db.Objects on key.SpokenKey equals o.Key into known
            from one in known.DefaultIfEmpty()
            select new { key.TraceId, Unit = key.Unit ?? one.Unit }).ToListAsync(cancellationToken);
        return said.Where(key => key.Unit is not null).GroupBy(key => Convert.ToHexStringLower(key.TraceId), StringComparer.Ordinal).ToDictionary(
            trace => trace.Key,
            trace => trace.GroupBy(key => key.Unit!, StringComparer.Ordinal).OrderByDescending(unit => unit.Count()).ThenBy(unit => unit.Key, StringComparer.Ordinal).First().Key,
            StringComparer.Ordinal);
    }

    private async Task<(List<SpanRead> Here, List<SpanRead> Healthy)> Spans(TraceSummary trace, TraceSummary? twin, CancellationToken cancellationToken)
    {
        var (questions, together) = (Questions<TraceQuestions>.Of(db), new Together(db));
        var here = together.Ask(questions.Spans(db, trace.TraceId, trace.Days.First, trace.Days.Last));
        var healthy = twin is null ? [] : together.Ask(questions.Spans(db, twin.TraceId, twin.Days.First, twin.Days.Last));
        await together.Send(cancellationToken);
        return (here, healthy);
    }

    private async Task<IReadOnlyList<PayloadComparison>> Payloads(TraceSummary trace, TraceSummary twin, Actor actor, CancellationToken cancellationToken) =>
        await TraceSubjects.Read(db, trace.TraceId, actor.Scope, cancellationToken) is { } here && await TraceSubjects.Read(db, twin.TraceId, actor.Scope, cancellationToken) is { } healthy
            ? await RunPayloads.Compare(db, shelf, RunPayloads.Of(here, actor.Scope), RunPayloads.Of(healthy, actor.Scope), actor, cancellationToken)
            : [];

    private static TraceSide Side(TraceSummary trace, TraceTree tree, Dictionary<string, string> units) => new(
        Hex(trace), trace.Service, trace.Name, trace.StartedAt, SpanLine.Ms(tree.End - tree.Start), trace.Spans, trace.Errors, units.GetValueOrDefault(Hex(trace)));

    private static string Hex(TraceSummary trace) => Convert.ToHexStringLower(trace.TraceId);
}
