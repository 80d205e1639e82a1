using OpsConsole.Events;
using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>Business objects about which systems disagree now, and what they are worth.</summary>
public sealed class ReconciliationBacklog : Kpi
{
    public override string Code => "reconciliation-backlog";
    public override string Title => "Reconciliation backlog";
    public override KpiForm Form => KpiForm.Count;
    public override Better Better => Better.Lower;
    public override bool Sampled => true;

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window) =>
        from o in db.Objects.AsNoTracking().Seen(window.Scope).Matching(db, Asked(window))
        select new KpiRow
        {
            Subject = o.Key,
            Once = o.Key,
            Unit = o.Unit,
            Group = o.Type,
            At = o.DisagreesSince ?? o.ReceivedAt ?? DateTimeOffset.UnixEpoch,
            Amount = o.Amount,
            Currency = o.Currency,
        };

    public override KpiFigure Measure(IReadOnlyList<KpiRow> rows, KpiWindow window)
    {
        var (sum, unconverted) = window.Rates.Sum(rows, window.Now);
        return new KpiFigure(rows.Count, rows.Count, sum, unconverted);
    }

    public override decimal? Target(KpiTargets targets) => targets.Backlog;

    public override object Filter(KpiWindow window) => Asked(window);

    private static ObjectFilter Asked(KpiWindow window) => new(Unit: window.Unit, Disagrees: true);
}
