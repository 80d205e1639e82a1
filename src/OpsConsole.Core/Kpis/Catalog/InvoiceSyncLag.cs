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
        from first in db.TransactionMilestones.AsNoTracking()
        where first.Flow == window.Flow && first.Name == window.Options.LagFrom && first.ReachedAt >= window.From && first.ReachedAt < window.To
        join second in db.TransactionMilestones.Where(m => m.Name == window.Options.LagTo) on first.TransactionKey equals second.TransactionKey
        join t in db.Transactions.Seen(window.Scope) on first.TransactionKey equals t.Key
        where window.Unit == null || t.Unit == window.Unit
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
