using OpsConsole.Replay;
using OpsConsole.Kpis.Rolls;
using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>Of the replays that ended in the period, the share that was proven.</summary>
public sealed class ReplaySuccess : ShareKpi
{
    public override string Code => "replay-success";
    public override string Title => "Replays proven";
    public override Better Better => Better.Higher;
    public override KpiSubject Subject => KpiSubject.Replay;
    public override KpiSource Source => KpiSource.Replays;

    public override KpiDefinition Definition => new(
        "Replays that ended in the period as proven ÷ those that ended as proven, disproven or failed. Cancelled ones are left out.",
        "Replays. Delivered is not proven: a later event or a read-back must have shown the object consistent.",
        "Integration lead",
        KpiVersion.Of("2026-11-21", "First version."));

    protected override (string Holds, string Not) Words => ("proven", "not proven");

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window) =>
        from replay in db.ReplayItems.AsNoTracking()
        where replay.EndedAt >= window.From && replay.EndedAt < window.To
        join c in db.CasesIn(window) on replay.CaseId equals c.Id
        select new KpiRow
        {
            Subject = replay.Id, Once = c.ObjectKey, Unit = c.Unit, LegalEntity = c.LegalEntity, Region = c.Region, Group = replay.Target, At = replay.EndedAt!.Value, Began = replay.CreatedAt, Amount = c.Amount, Currency = c.Currency, Reporting = c.ReportingAmount,
            Holds = replay.State == ReplayState.Cancelled ? null : replay.State == ReplayState.Proven,
        };

    public override string WhyNothing(KpiWindow window) => "No replay ended in the period.";

    public override decimal? Target(KpiTargets targets) => targets.ReplayPercent;
}
