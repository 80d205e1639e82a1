using OpsConsole.Flows;
using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>
/// How long an invoice that billing has takes to stand in the books, by the events' own time, for those invoiced in the period. One that has
/// not arrived counts with its wait so far: leaving it out would make a broken feed look fast.
/// </summary>
public sealed class InvoiceSyncLag : Kpi
{
    public override string Code => "invoice-sync-lag";
    public override string Title => "Invoice sync lag, p95";
    public override KpiForm Form => KpiForm.Duration;
    public override Better Better => Better.Lower;

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window) =>
        from t in db.Transactions.AsNoTracking().Seen(window.Scope).Matching(db, Asked(window), window.Now)
        from first in db.TransactionMilestones.Where(m => m.TransactionKey == t.Key && m.Name == window.Options.LagFrom)
        from second in db.TransactionMilestones.Where(m => m.TransactionKey == t.Key && m.Name == window.Options.LagTo)
        select new KpiRow
        {
            Subject = t.Key,
            Once = t.LeadKey,
            Unit = t.Unit,
            At = first.ReachedAt!.Value,
            CameAt = second.ReachedAt,
            Missing = second.ReachedAt == null,
        };

    public override KpiFigure Measure(IReadOnlyList<KpiRow> rows, KpiWindow window) =>
        new(rows.Count == 0 ? null : (decimal)Percentile.Of(Seconds(rows, window.Now), 0.95), rows.Count);

    public override decimal? Target(KpiTargets targets) => targets.LagMinutes * 60;

    public override object Filter(KpiWindow window) => Asked(window);

    /// <summary>The lags in ascending order.</summary>
    public static List<double> Seconds(IEnumerable<KpiRow> rows, DateTimeOffset now) =>
        [.. rows.Select(row => ((row.CameAt ?? now) - row.At).TotalSeconds).Order()];

    private static TransactionFilter Asked(KpiWindow window) => new()
    {
        Flow = window.Flow,
        Unit = window.Unit,
        Lag = new LagAsked(window.Options.LagFrom, window.Options.LagTo, window.From, window.To),
    };
}
