using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>Business objects about which systems disagree now, and what they are worth.</summary>
public sealed class ReconciliationBacklog : CountKpi
{
    public override string Code => "reconciliation-backlog";
    public override string Title => "Reconciliation backlog";
    public override KpiSubject Subject => KpiSubject.Object;
    public override bool CarriesMoney => true;
    public override bool Sampled => true;

    public override KpiDefinition Definition => new(
        "Business objects of which two systems hold different amounts, currencies or attribute values, or which one has and another has refused.",
        "What each system said last of each object. Objects that only one system speaks of cannot disagree and are not in it.",
        "Controller",
        KpiVersion.Of("2026-10-20", "First version."));

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window) =>
        from o in db.ObjectsIn(window)
        where o.Disagrees
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

    public override object? Filter(KpiWindow window) => window.FlowAsked ? null : window.Objects() with { Disagrees = true };
}
