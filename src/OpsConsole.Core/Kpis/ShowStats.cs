using OpsConsole.Cases;
using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>The figures of wire contract §6, <c>/api/v1/stats</c>: of the object types that take part in a flow, or of everything.</summary>
/// <param name="Flow">A flow's name, or nothing.</param>
/// <param name="Actor">Who asks; only what lies in their scope is counted.</param>
public sealed record ShowStats(string? Flow, Actor Actor) : IRequest<Outcome<Stats>>, IGuarded
{
    public Right Needs => Right.ReadFacts;
}

/// <param name="Events">Facts stored.</param>
/// <param name="Outcomes">How many of each; outcomes that never came are left out.</param>
/// <param name="Objects">Objects by type.</param>
/// <param name="FailureSpells">Failure spells, ended ones included.</param>
/// <param name="FailureSpellsOpen">Those that are open.</param>
/// <param name="States">What the systems say now, by <c>type/system/state</c>.</param>
/// <param name="Transactions">Of the flow; of all flows when none is named.</param>
/// <param name="Lags">For each pair that the flow measures.</param>
public sealed record Stats(
    long Events,
    SortedDictionary<string, long> Outcomes,
    SortedDictionary<string, long> Objects,
    long FailureSpells,
    long FailureSpellsOpen,
    SortedDictionary<string, long> States,
    TransactionStats Transactions,
    IReadOnlyList<LagStats> Lags);

/// <summary>Sizes in objects, the lead included.</summary>
public sealed record TransactionStats(long Count, int ObjectsP50, int ObjectsMax, long ObjectsSum);

/// <summary>The distance of two milestones in seconds, by the events' own time, over the transactions that reached both.</summary>
public sealed record LagStats(string From, string To, int Count, double? P50s, double? P95s, double? MeanS);

internal sealed class ShowStatsHandler(OpsDb db) : IRequestHandler<ShowStats, Outcome<Stats>>
{
    public async Task<Outcome<Stats>> Handle(ShowStats request, CancellationToken cancellationToken)
    {
        FlowDefinition? flow = null;
        if (request.Flow is not null)
        {
            var row = await db.Flows.AsNoTracking().SingleOrDefaultAsync(f => f.Name == request.Flow, cancellationToken);
            if (row is null)
            {
                return Refusal.NotFound($"The flow {request.Flow}");
            }

            flow = FlowDefinition.FromJson(row.Definition);
        }

        var types = flow?.Types.ToArray();
        var scope = request.Actor.Scope;
        var units = scope.Units;
        var objects = db.Objects.AsNoTracking().Where(o => (types == null || types.Contains(o.Type)) && (scope.AllUnits || units.Contains(o.Unit)));
        var events = db.Events.AsNoTracking().Where(e => types == null || types.Contains(e.EntityType));
        if (!scope.Everything)
        {
            events = events.Where(e => objects.Any(o => o.Key == e.SpokenKey));
        }

        var signals = db.Signals.AsNoTracking().Where(s => s.Kind == SignalKind.Failure && !s.Gone
            && (types == null || types.Contains(s.ObjectType)) && (scope.AllUnits || units.Contains(s.Unit)));
        var outcomes = await events.GroupBy(e => e.Outcome).Select(g => new { g.Key, Count = g.LongCount() }).ToListAsync(cancellationToken);
        return new Stats(
            outcomes.Sum(outcome => outcome.Count),
            Sorted(outcomes.Select(outcome => (outcome.Key.ToString().ToLowerInvariant(), outcome.Count))),
            Sorted((await objects.GroupBy(o => o.Type).Select(g => new { g.Key, Count = g.LongCount() }).ToListAsync(cancellationToken)).Select(o => (o.Key, o.Count))),
            await signals.SumAsync(s => (long)s.Spells, cancellationToken),
            await signals.LongCountAsync(s => s.Open, cancellationToken),
            await States(objects, cancellationToken),
            await Transactions(request.Flow, scope, cancellationToken),
            flow is null ? [] : await Lags(flow, scope, cancellationToken));
    }

    private async Task<SortedDictionary<string, long>> States(IQueryable<BusinessObject> objects, CancellationToken cancellationToken) =>
        Sorted((await (
            from state in db.ObjectStates.AsNoTracking()
            join o in objects on state.ObjectKey equals o.Key
            where state.State != null
            group state by new { o.Type, state.System, state.State } into said
            select new { said.Key, Count = said.LongCount() }).ToListAsync(cancellationToken))
            .Select(said => ($"{said.Key.Type}/{said.Key.System}/{said.Key.State}", said.Count)));

    private async Task<TransactionStats> Transactions(string? flow, Scope scope, CancellationToken cancellationToken)
    {
        var units = scope.Units;

        // A histogram of sizes is small however many transactions there are.
        var sizes = await db.Transactions.AsNoTracking()
            .Where(t => (flow == null || t.Flow == flow) && (scope.AllUnits || units.Contains(t.Unit)))
            .GroupBy(t => t.Objects).Select(g => new { Size = g.Key, Count = g.LongCount() }).OrderBy(g => g.Size).ToListAsync(cancellationToken);
        if (sizes.Count == 0)
        {
            return new TransactionStats(0, 0, 0, 0);
        }

        var count = sizes.Sum(size => size.Count);
        var rank = (count + 1) / 2;
        var seen = 0L;
        var median = sizes.First(size => (seen += size.Count) >= rank).Size;
        return new TransactionStats(count, median, sizes[^1].Size, sizes.Sum(size => size.Size * size.Count));
    }

    private async Task<IReadOnlyList<LagStats>> Lags(FlowDefinition flow, Scope scope, CancellationToken cancellationToken)
    {
        var units = scope.Units;
        var lags = new List<LagStats>();
        foreach (var pair in flow.Lags)
        {
            var (first, second) = (pair[0], pair[1]);
            var times = await (
                from a in db.TransactionMilestones.AsNoTracking()
                join b in db.TransactionMilestones.AsNoTracking() on a.TransactionKey equals b.TransactionKey
                join t in db.Transactions.AsNoTracking() on a.TransactionKey equals t.Key
                where t.Flow == flow.Name && a.Name == first && b.Name == second && a.ReachedAt != null && b.ReachedAt != null
                    && (scope.AllUnits || units.Contains(t.Unit))
                select new { From = a.ReachedAt!.Value, To = b.ReachedAt!.Value }).ToListAsync(cancellationToken);
            var seconds = times.Select(time => (time.To - time.From).TotalSeconds).Order().ToList();
            lags.Add(seconds.Count == 0
                ? new LagStats(first, second, 0, null, null, null)
                : new LagStats(first, second, seconds.Count, Percentile.Of(seconds, .5), Percentile.Of(seconds, .95), Math.Round(seconds.Average(), 1)));
        }

        return lags;
    }

    private static SortedDictionary<string, long> Sorted(IEnumerable<(string Name, long Count)> counts)
    {
        var sorted = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, count) in counts)
        {
            sorted[name] = count;
        }

        return sorted;
    }
}
