using OpsConsole.Cases;
using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>What was promised and cannot be kept while a system does not answer: how many, what they are worth, and how long the oldest has waited.</summary>
public sealed class CommitmentsWaiting : CountKpi
{
    private const string Down = "target-down";

    public override string Code => "commitments-waiting";
    public override string Title => "Waiting on a system that is down";
    public override KpiSubject Subject => KpiSubject.Exception;
    public override bool CarriesMoney => true;
    public override bool Sampled => true;

    public override KpiDefinition Definition => new(
        "Exceptions that have not ended and are parked because their target is down, or whose type is Target down. Each object's amount once; the oldest by its opening.",
        "Exceptions. A system that is down and that nobody needed meanwhile holds nothing and is not in it.",
        "Integration lead",
        KpiVersion.Of("2026-11-21", "First version."));

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window) =>
        from c in db.OpenIn(window)
        where c.State == CaseState.Parked || c.ExceptionType == Down
        select new KpiRow { Subject = c.Id, Once = c.ObjectKey, Unit = c.Unit, Group = c.Fingerprint, Queue = c.Queue, At = c.OpenedAt, Amount = c.Amount, Currency = c.Currency, Reporting = c.ReportingAmount };

    public override KpiFigure Measure(IReadOnlyList<KpiRow> rows, KpiWindow window) =>
        base.Measure(rows, window) with { Oldest = rows.Count == 0 ? null : rows.Min(row => row.At) };

    public override string Said(KpiRow row, KpiWindow window) => "waits for the system";

    public override decimal? Target(KpiTargets targets) => targets.Commitments;
}
