using OpsConsole.Cases;
using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>What goes on only when a person decides.</summary>
public sealed class WaitingForReview : CountKpi
{
    public override string Code => "waiting-for-manual-review";
    public override string Title => "Waiting for manual review";
    public override KpiSubject Subject => KpiSubject.Exception;
    public override bool CarriesMoney => true;
    public override bool Sampled => true;

    public override KpiDefinition Definition => new(
        "Exceptions that are open, claimed or await a second person.",
        "Exceptions and where they stand. What replays, is parked, awaits proof or is laid aside waits for something else and is not in it.",
        "Head of shared services",
        KpiVersion.Of("2026-11-21", "First version."));

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window) =>
        from c in db.OpenIn(window)
        where c.State == CaseState.Open || c.State == CaseState.Claimed || c.State == CaseState.AwaitingApproval
        select new KpiRow { Subject = c.Id, Once = c.ObjectKey, Unit = c.Unit, Group = c.Fingerprint, Queue = c.Queue, At = c.OpenedAt, Amount = c.Amount, Currency = c.Currency, Reporting = c.ReportingAmount };

    public override string Said(KpiRow row, KpiWindow window) => "waits for a person";

    public override decimal? Target(KpiTargets targets) => targets.Review;
}
