using OpsConsole.Events;
using OpsConsole.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Flows;

/// <summary>The traces of a transaction over its days, by its objects' names and by span links, and what is missing.</summary>
/// <param name="Flow">The flow's name.</param>
/// <param name="Id">Of the object that leads it, under any of its names.</param>
/// <param name="Actor">Who asks; only what is in their scope is joined.</param>
public sealed record ShowTransactionTraces(string Flow, string Id, Actor Actor) : IRequest<Outcome<TransactionTraces>>, IGuarded
{
    public Right Needs => Right.ReadFacts;
}

internal sealed class ShowTransactionTracesHandler(OpsDb db, TimeProvider clock) : IRequestHandler<ShowTransactionTraces, Outcome<TransactionTraces>>
{
    private const int MostTraces = 200;
    private const int MostFacts = 2_000;
    private const int MostLinks = 1_000;

    public async Task<Outcome<TransactionTraces>> Handle(ShowTransactionTraces request, CancellationToken cancellationToken)
    {
        var scope = request.Actor.Scope;
        var (found, flow) = await TransactionLookup.Find(db, request.Flow, request.Id, cancellationToken);
        if (found is null || !scope.Covers(found.Unit))
        {
            return Refusal.NotFound($"The transaction {request.Id} of the flow {request.Flow}");
        }

        var spoken = await Names(found, scope, cancellationToken);
        var keys = spoken.Keys.ToList();
        var (named, total) = await Named(spoken, keys, cancellationToken);
        var links = await Links(named, cancellationToken);
        var facts = await Facts(spoken, keys, cancellationToken);
        var (linked, received) = await Received(named, links, facts, scope, cancellationToken);
        return TransactionTraces.Of([.. named, .. linked], facts, await Reached(found, flow, cancellationToken), links, received, total + linked.Count);
    }

    // Its objects in the scope, under every name that facts and spans use for them.
    private async Task<Dictionary<Guid, ObjectRef>> Names(Transaction found, Scope scope, CancellationToken cancellationToken)
    {
        var (all, units, key) = (scope.AllUnits, scope.Units, found.Key);
        var parts = await (
            from part in db.TransactionObjects.AsNoTracking()
            where part.TransactionKey == key
            join o in db.Objects on part.ObjectKey equals o.Key
            where all || units.Contains(o.Unit)
            orderby part.Path, o.Id
            select new { o.Key, o.Type, o.Id }).Take(TransactionQuestions.MostParts).ToListAsync(cancellationToken);
        var owner = parts.ToDictionary(part => part.Key, part => new ObjectRef(part.Type, part.Id));
        return (await ObjectNames.Of(db, [.. owner.Keys], cancellationToken)).DistinctBy(name => name.SpokenKey).ToDictionary(name => name.SpokenKey, name => owner[name.ObjectKey]);
    }

    private async Task<(List<TrailTrace> Traces, long Total)> Named(Dictionary<Guid, ObjectRef> spoken, List<Guid> keys, CancellationToken cancellationToken)
    {
        var speaking = db.Traces.AsNoTracking().Where(t => db.TraceKeys.Any(k => k.TraceId == t.TraceId && keys.Contains(k.SpokenKey)));
        var rows = await speaking.OrderBy(t => t.StartedAt).Take(MostTraces).ToListAsync(cancellationToken);
        var total = rows.Count < MostTraces ? rows.Count : await speaking.LongCountAsync(cancellationToken);
        var ids = rows.Select(row => row.TraceId).ToList();
        var said = (await db.TraceKeys.AsNoTracking().Where(k => ids.Contains(k.TraceId) && keys.Contains(k.SpokenKey)).Select(k => new { k.TraceId, k.SpokenKey }).ToListAsync(cancellationToken))
            .ToLookup(key => Convert.ToHexStringLower(key.TraceId), key => spoken[key.SpokenKey], StringComparer.Ordinal);
        return (rows.ConvertAll(row => new TrailTrace(row, [.. said[Convert.ToHexStringLower(row.TraceId)].Distinct().OrderBy(one => one.Type, StringComparer.Ordinal).ThenBy(one => one.Id, StringComparer.Ordinal)])), total);
    }

    private async Task<List<TrailLink>> Links(List<TrailTrace> traces, CancellationToken cancellationToken)
    {
        if (traces.Count == 0)
        {
            return [];
        }

        // The days between which they ran spare the other days' partitions.
        var (ids, first, last) = (traces.ConvertAll(trace => trace.Trace.TraceId), traces.Min(trace => trace.Trace.Days.First), traces.Max(trace => trace.Trace.Days.Last));
        var spans = await db.Spans.AsNoTracking().Where(s => ids.Contains(s.TraceId) && s.Day >= first && s.Day <= last && s.Links != null)
            .OrderBy(s => s.StartNanos).Take(MostLinks).Select(s => new { s.TraceId, s.Name, s.Links }).ToListAsync(cancellationToken);
        return
        [
            .. from span in spans
               from link in SpanLink.Read(span.Links)
               let to = TraceIds.Parse(link.TraceId)
               where to is not null && !to.AsSpan().SequenceEqual(span.TraceId)
               select new TrailLink(Convert.ToHexStringLower(span.TraceId), span.Name, Convert.ToHexStringLower(to)),
        ];
    }

    private async Task<List<TrailFact>> Facts(Dictionary<Guid, ObjectRef> spoken, List<Guid> keys, CancellationToken cancellationToken)
    {
        var said = await db.Events.AsNoTracking().Where(e => keys.Contains(e.SpokenKey)).OrderBy(e => e.Time).ThenBy(e => e.Id).Take(MostFacts)
            .Select(e => new { e.SpokenKey, e.Time, e.TraceId }).ToListAsync(cancellationToken);
        return said.ConvertAll(fact => new TrailFact(spoken[fact.SpokenKey], fact.Time, fact.TraceId is null ? null : Convert.ToHexStringLower(fact.TraceId)));
    }

    // Linked traces in the scope join the transaction; that one was received counts whoever may see it.
    private async Task<(List<TrailTrace> Linked, HashSet<string> Received)> Received(
        List<TrailTrace> named, List<TrailLink> links, List<TrailFact> facts, Scope scope, CancellationToken cancellationToken)
    {
        var received = named.Select(trace => trace.Id).ToHashSet(StringComparer.Ordinal);
        var asked = links.Select(link => link.To).Concat(facts.Select(fact => fact.TraceId).OfType<string>()).Where(id => !received.Contains(id)).Distinct().Select(id => Convert.FromHexString(id)).ToList();
        received.UnionWith((await db.Traces.AsNoTracking().Where(t => asked.Contains(t.TraceId)).Select(t => t.TraceId).ToListAsync(cancellationToken)).Select(id => Convert.ToHexStringLower(id)));
        var linked = links.Select(link => link.To).Distinct().Where(id => !named.Exists(trace => trace.Id == id)).Select(id => Convert.FromHexString(id)).ToList();
        var seen = await db.Traces.AsNoTracking().Seen(db, scope).Where(t => linked.Contains(t.TraceId)).OrderBy(t => t.StartedAt).Take(MostTraces).ToListAsync(cancellationToken);
        return (seen.ConvertAll(row => new TrailTrace(row, [])), received);
    }

    private async Task<List<TrailMilestone>> Reached(Transaction found, Flow? flow, CancellationToken cancellationToken)
    {
        var together = new Together(db);
        var milestones = together.Ask(Questions<TransactionQuestions>.Of(db).Milestones(db, found.Key));
        await together.Send(cancellationToken);
        var (book, now) = (FlowBook.Of(flow), clock.GetUtcNow());
        return
        [
            .. from row in milestones
               let line = book.Line(row.Milestone, row.ReachedBy, now)
               where line.Time is not null
               select new TrailMilestone(line.Name, line.Label, line.Time!.Value, line.ReachedBy),
        ];
    }
}
