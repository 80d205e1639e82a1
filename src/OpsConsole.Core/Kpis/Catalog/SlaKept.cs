using OpsConsole.Cases;
using OpsConsole.Kpis.Rolls;
using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>Of what was due in the period, the share that ended in time.</summary>
public sealed class SlaKept : ShareKpi
{
    public override string Code => "sla-kept";
    public override string Title => "Service levels kept";
    public override Better Better => Better.Higher;
    public override KpiSubject Subject => KpiSubject.Exception;
    public override KpiSource Source => KpiSource.Cases;

    public override KpiDefinition Definition => new(
        "Exceptions due in the period that were resolved at or before their due time ÷ all that were due in it and are decided: resolved, or past their due time. Dismissed ones are left out.",
        "Exceptions and their due times, in the business hours of their unit, as they stand now: a pause moves the due time. Exceptions without a service level are never due.",
        "Head of shared services",
        KpiVersion.Of("2026-11-21", "First version."));

    protected override (string Holds, string Not) Words => ("kept", "missed");

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window) =>
        from c in db.CasesIn(window)
        where c.DueAt >= window.From && c.DueAt < window.To && c.State != CaseState.Dismissed
        select new KpiRow
        {
            Subject = c.Id, Once = c.ObjectKey, Unit = c.Unit, LegalEntity = c.LegalEntity, Region = c.Region, At = c.DueAt!.Value, Began = c.OpenedAt, CameAt = c.EndedAt, Amount = c.Amount, Currency = c.Currency, Reporting = c.ReportingAmount,
            Holds = c.EndedAt != null ? c.EndedAt <= c.DueAt : c.DueAt <= window.Now ? false : null,
        };

    public override string WhyNothing(KpiWindow window) => "Nothing with a service level was due in the period.";

    public override decimal? Target(KpiTargets targets) => targets.SlaPercent;
}
