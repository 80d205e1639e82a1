using OpsConsole.Flows;
using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>How far the transactions of the period have come, milestone by milestone.</summary>
internal static class Funnel
{
    public static async Task<IReadOnlyList<FunnelStep>> Read(OpsDb db, FlowDefinition flow, KpiWindow window, CancellationToken cancellationToken)
    {
        var filter = new TransactionFilter { Flow = flow.Name, Unit = window.Unit, Since = window.From, Until = window.To };
        var now = window.Now;
        var counts = await (
            from t in db.Transactions.AsNoTracking().Seen(window.Scope).Matching(db, filter, now)
            join m in db.TransactionMilestones on t.Key equals m.TransactionKey
            group new { t.Amount, m.ReachedAt, m.ReceivedAt, m.DueAt } by new { m.Name, t.Currency } into step
            select new
            {
                step.Key.Name,
                step.Key.Currency,
                Reached = step.Sum(row => row.ReachedAt != null ? 1 : 0),
                Amount = step.Sum(row => row.ReachedAt != null ? row.Amount ?? 0 : 0),
                Late = step.Sum(row => row.ReachedAt != null && row.ReceivedAt > row.DueAt ? 1 : 0),
                Missing = step.Sum(row => row.ReachedAt == null && row.DueAt <= now ? 1 : 0),
                All = step.Count(),
            }).ToListAsync(cancellationToken);
        return
        [
            .. from milestone in flow.Milestones
               let mine = counts.Where(count => count.Name == milestone.Name).ToList()
               let reached = mine.Sum(count => count.Reached)
               let missing = mine.Sum(count => count.Missing)
               select new FunnelStep(
                   milestone.Name, milestone.Label ?? FlowBook.Words(milestone.Name), reached,
                   mine.Sum(count => window.Rates.Convert(count.Amount, count.Currency, now).Amount ?? 0),
                   mine.Sum(count => count.Late), missing, mine.Sum(count => count.All) - reached - missing),
        ];
    }
}
