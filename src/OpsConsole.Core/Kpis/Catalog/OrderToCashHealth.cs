using OpsConsole.Flows;
using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>Of the transactions that started in the period, the share in which nothing came late and nothing is missing.</summary>
public sealed class OrderToCashHealth : Kpi
{
    public override string Code => "order-to-cash-health";
    public override string Title => "On time";
    public override KpiForm Form => KpiForm.Share;
    public override Better Better => Better.Higher;

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window) =>
        from t in db.Transactions.AsNoTracking().Seen(window.Scope).Matching(db, Asked(window), window.Now)
        select new KpiRow
        {
            Subject = t.Key,
            Once = t.LeadKey,
            Unit = t.Unit,
            At = t.StartOrder,
            Missing = t.NextDueAt <= window.Now,
            Late = t.Late,
            Amount = t.Amount,
            Currency = t.Currency,
        };

    public override KpiFigure Measure(IReadOnlyList<KpiRow> rows, KpiWindow window) =>
        new(rows.Count == 0 ? null : 100m * rows.Count(row => !row.Late && !row.Missing) / rows.Count, rows.Count);

    public override decimal? Target(KpiTargets targets) => targets.OnTimePercent;

    public override object Filter(KpiWindow window) => Asked(window);

    private static TransactionFilter Asked(KpiWindow window) => new() { Flow = window.Flow, Unit = window.Unit, Since = window.From, Until = window.To };
}
