using OpsConsole.Flows;
using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>How far the transactions of the period have come, milestone by milestone.</summary>
internal static class Funnel
{
    /// <param name="db">Where milestones stand.</param>
    /// <param name="flow">Whose milestones.</param>
    /// <param name="folded">Every transaction was folded by this very definition, so that its progress tells of these milestones.</param>
    /// <param name="health">The period's transactions, by their progress.</param>
    /// <param name="paces">How long its steps took, by the milestone at which each ends.</param>
    /// <param name="window">What is asked for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IReadOnlyList<FunnelStep>> Read(
        OpsDb db, FlowDefinition flow, bool folded, IReadOnlyList<KpiRow> health, IReadOnlyDictionary<string, StepPace> paces, KpiWindow window, CancellationToken cancellationToken)
    {
        var told = folded && health.All(row => row.Group!.Length == flow.Milestones.Count);
        var counts = told ? await ByProgress(db, flow, health, window, cancellationToken) : await ByMilestone(db, flow, window, cancellationToken);
        return
        [
            .. from milestone in flow.Milestones
               let mine = counts.Where(count => count.Name == milestone.Name).ToList()
               let reached = mine.Sum(count => count.Reached)
               let missing = mine.Sum(count => count.Missing)
               select new FunnelStep(
                   milestone.Name, milestone.Label ?? FlowBook.Words(milestone.Name), reached,
                   mine.Sum(count => window.Rates.Convert(count.Amount, count.Currency, window.Now).Amount ?? 0),
                   mine.Sum(count => count.Late), missing, mine.Sum(count => count.All) - reached - missing)
               {
                   Stuck = mine.Sum(count => window.Rates.Convert(count.Stuck, count.Currency, window.Now).Amount ?? 0),
                   StuckSince = mine.Min(count => count.Since),
                   Pace = paces.GetValueOrDefault(milestone.Name),
               },
        ];
    }

    /// <summary>From what the transactions say of themselves. What is missing is a matter of the clock: it is looked up for the few that miss something.</summary>
    internal static async Task<IReadOnlyList<Step>> ByProgress(
        OpsDb db, FlowDefinition flow, IReadOnlyList<KpiRow> health, KpiWindow window, CancellationToken cancellationToken)
    {
        var now = window.Now;
        var missing = await (
            from t in Asked(db, flow, window)
            where t.NextDueAt <= now
            join m in db.TransactionMilestones on t.Key equals m.TransactionKey
            where m.ReachedAt == null && m.DueAt <= now
            group new { t.Amount, m.DueAt } by new { m.Name, t.Currency } into step
            select new Step(step.Key.Name, step.Key.Currency, 0, 0, 0, step.Count(), 0, step.Sum(row => row.Amount ?? 0), step.Min(row => row.DueAt))).ToListAsync(cancellationToken);
        var steps = missing;
        foreach (var (i, milestone) in flow.Milestones.Index())
        {
            steps.AddRange(
                from row in health
                group row by row.Currency into same
                let reached = same.Where(row => row.Group![i] != Transaction.NotReached).ToList()
                select new Step(
                    milestone.Name, same.Key, reached.Sum(row => row.Count), reached.Sum(row => row.Amount ?? 0),
                    reached.Where(row => row.Group![i] == Transaction.ReachedLate).Sum(row => row.Count), 0, same.Sum(row => row.Count), 0, null));
        }

        return steps;
    }

    /// <summary>From the milestones themselves: the same, and slower.</summary>
    internal static async Task<IReadOnlyList<Step>> ByMilestone(OpsDb db, FlowDefinition flow, KpiWindow window, CancellationToken cancellationToken)
    {
        var now = window.Now;
        return await (
            from t in Asked(db, flow, window)
            join m in db.TransactionMilestones on t.Key equals m.TransactionKey
            group new { t.Amount, m.ReachedAt, m.ReceivedAt, m.DueAt } by new { m.Name, t.Currency } into step
            select new Step(
                step.Key.Name,
                step.Key.Currency,
                step.Sum(row => row.ReachedAt != null ? 1 : 0),
                step.Sum(row => row.ReachedAt != null ? row.Amount ?? 0 : 0),
                step.Sum(row => row.ReachedAt != null && row.ReceivedAt > row.DueAt ? 1 : 0),
                step.Sum(row => row.ReachedAt == null && row.DueAt <= now ? 1 : 0),
                step.Count(),
                step.Sum(row => row.ReachedAt == null && row.DueAt <= now ? row.Amount ?? 0 : 0),
                step.Min(row => row.ReachedAt == null && row.DueAt <= now ? row.DueAt : null))).ToListAsync(cancellationToken);
    }

    private static IQueryable<Transaction> Asked(OpsDb db, FlowDefinition flow, KpiWindow window) =>
        db.TransactionsIn(window with { Flow = flow.Name });

    /// <summary>A milestone's numbers, of the transactions in one currency.</summary>
    internal sealed record Step(string Name, string? Currency, int Reached, decimal Amount, int Late, int Missing, int All, decimal Stuck, DateTimeOffset? Since);
}
