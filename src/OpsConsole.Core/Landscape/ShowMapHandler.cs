using Microsoft.Extensions.Options;
using OpsConsole.Cases;
using OpsConsole.Flows;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Landscape;

internal sealed class ShowMapHandler(OpsDb db, TimeProvider clock, IOptions<ReportingOptions> reporting) : IRequestHandler<ShowMap, Outcome<SystemMap>>
{
    private const int Latest = 1_000;
    private const string Nobody = "unknown";

    public async Task<Outcome<SystemMap>> Handle(ShowMap request, CancellationToken cancellationToken)
    {
        if (request.Hours is < 1 or > ShowMap.Longest)
        {
            return Refusal.Invalid("hours", $"must be 1 to {ShowMap.Longest}");
        }

        var now = clock.GetUtcNow();
        var since = now.AddHours(-request.Hours);
        var flows = (await db.Flows.AsNoTracking().OrderBy(flow => flow.Name).ToListAsync(cancellationToken)).ConvertAll(flow => FlowDefinition.FromJson(flow.Definition));
        var rates = await RateTable.Read(db, reporting.Value.Currency, cancellationToken);
        var roads = new List<SystemRoad>();
        foreach (var flow in flows.Where(flow => request.Flow is null || flow.Name == request.Flow))
        {
            foreach (var (first, second) in Steps(flow))
            {
                roads.Add(await Road(flow, first, second, request, since, now, rates, cancellationToken));
            }
        }

        var systems = await Systems(roads, request, now, cancellationToken);
        return new SystemMap(systems, roads, [.. flows.Select(flow => (flow.Name, flow.Label ?? flow.Name))], await Units(request.Actor.Scope, cancellationToken), since, reporting.Value.Currency);
    }

    /// <summary>Each milestone with the one that it waits for.</summary>
    private static IEnumerable<(Milestone First, Milestone Second)> Steps(FlowDefinition flow) =>
        from step in flow.Milestones.Index()
        where step.Index > 0
        let before = flow.Milestones.FirstOrDefault(one => one.Name == step.Item.After) ?? flow.Milestones[step.Index - 1]
        select (before, step.Item);

    private async Task<SystemRoad> Road(
        FlowDefinition flow, Milestone first, Milestone second, ShowMap request, DateTimeOffset since, DateTimeOffset now, RateTable rates, CancellationToken cancellationToken)
    {
        var runs = Runs(flow.Name, request);
        var reached = db.TransactionMilestones.AsNoTracking().Where(m => m.Flow == flow.Name && m.Name == second.Name && m.ReachedAt != null && m.ReachedAt >= since);
        var passed = from m in reached join t in runs on m.TransactionKey equals t.Key select m;
        var latest = await (
            from m in passed.OrderByDescending(m => m.ReachedAt).ThenBy(m => m.TransactionKey).Take(Latest)
            join before in db.TransactionMilestones on m.TransactionKey equals before.TransactionKey
            where before.Name == first.Name
            select new { To = m.System, ToAt = m.ReachedAt, From = before.System, FromAt = before.ReachedAt }).ToListAsync(cancellationToken);
        var waiting = await (
            from m in db.TransactionMilestones
            where m.Flow == flow.Name && m.Name == second.Name && m.ReachedAt == null
            join before in db.TransactionMilestones on m.TransactionKey equals before.TransactionKey
            where before.Name == first.Name && before.ReachedAt != null
            join t in runs on m.TransactionKey equals t.Key
            group new { m.DueAt, t.Amount } by new { t.Currency, before.System } into same
            select new { same.Key.Currency, same.Key.System, Count = same.Count(), Overdue = same.Sum(row => row.DueAt <= now ? 1 : 0), Amount = same.Sum(row => row.Amount) }).ToListAsync(cancellationToken);
        var lags = latest.Where(one => one.FromAt is not null).Select(one => Math.Max(0, (one.ToAt!.Value - one.FromAt!.Value).TotalSeconds)).Order().ToList();
        var sums = waiting.ConvertAll(same => (same.Count, Converted: rates.Convert(same.Amount, same.Currency, now).Amount, Lost: same is { Currency: not null, Amount: not null }));
        return new SystemRoad
        {
            Flow = flow.Name,
            From = first.Name,
            FromLabel = first.Label ?? FlowBook.Words(first.Name),
            FromSystem = Most(latest.Select(one => one.From).Concat(waiting.SelectMany(same => Enumerable.Repeat(same.System, Math.Min(same.Count, Latest))))),
            To = second.Name,
            ToLabel = second.Label ?? FlowBook.Words(second.Name),
            ToSystem = latest.Count > 0 ? Most(latest.Select(one => one.To)) : await LastSystem(runs, second.Name, cancellationToken),
            Passed = await passed.LongCountAsync(cancellationToken),
            MedianSeconds = lags.Count == 0 ? null : Percentile.Of(lags, 0.5),
            P90Seconds = lags.Count == 0 ? null : Percentile.Of(lags, 0.9),
            Open = waiting.Sum(same => (long)same.Count),
            Overdue = waiting.Sum(same => (long)same.Overdue),
            OpenAmount = sums.Sum(one => one.Converted ?? 0),
            Unconverted = sums.Where(one => one.Lost && one.Converted is null).Sum(one => (long)one.Count),
        };
    }

    private IQueryable<Transaction> Runs(string flow, ShowMap request)
    {
        var runs = db.Transactions.AsNoTracking().Seen(request.Actor.Scope).Where(t => t.Flow == flow);
        return request.Unit is { } unit ? runs.Where(t => t.Unit == unit) : runs;
    }

    // Where nothing passed lately, the system that told of it last is the one that is waited for.
    private async Task<string> LastSystem(IQueryable<Transaction> runs, string milestone, CancellationToken cancellationToken) =>
        await (
            from t in runs
            join m in db.TransactionMilestones on t.Key equals m.TransactionKey
            where m.Flow == t.Flow && m.Name == milestone && m.ReachedAt != null && m.System != null
            orderby m.ReachedAt descending, m.TransactionKey
            select m.System).FirstOrDefaultAsync(cancellationToken) ?? Nobody;

    private static string Most(IEnumerable<string?> systems) =>
        systems.OfType<string>().GroupBy(system => system, StringComparer.Ordinal).OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal).FirstOrDefault()?.Key ?? Nobody;

    private async Task<IReadOnlyList<SystemNode>> Systems(List<SystemRoad> roads, ShowMap request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var open = db.Cases.AsNoTracking().Seen(request.Actor.Scope).Unended().Where(c => c.Kind == SignalKind.Failure && (request.Unit == null || c.Unit == request.Unit));
        var worth = await open.GroupBy(c => new { c.System, c.ObjectKey })
            .Select(one => new { one.Key.System, Count = one.Count(), Overdue = one.Count(c => c.DueOrder < now), Worth = one.Max(c => c.ReportingAmount) })
            .GroupBy(one => one.System)
            .Select(system => new { system.Key, Count = system.Sum(one => one.Count), Overdue = system.Sum(one => one.Overdue), Worth = system.Sum(one => one.Worth) ?? 0 })
            .ToDictionaryAsync(system => system.Key, cancellationToken);
        return
        [
            .. from name in roads.SelectMany(road => new[] { road.FromSystem, road.ToSystem }).Concat(worth.Keys.Where(_ => request.Flow is null)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
               let said = worth.GetValueOrDefault(name)
               select new SystemNode(name, said?.Count ?? 0, said?.Overdue ?? 0, said?.Worth ?? 0),
        ];
    }

    private async Task<IReadOnlyList<string>> Units(Scope scope, CancellationToken cancellationToken) =>
        scope.AllUnits ? await db.Transactions.AsNoTracking().Select(t => t.Unit).Distinct().OrderBy(unit => unit).ToListAsync(cancellationToken) : scope.Units;
}
