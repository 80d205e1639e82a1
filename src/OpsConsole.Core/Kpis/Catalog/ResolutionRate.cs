using OpsConsole.Cases;
using OpsConsole.Kpis.Rolls;
using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>Of the exceptions that opened in the period, the share that is resolved with proof.</summary>
public sealed class ResolutionRate : ShareKpi
{
    public override string Code => "resolution-rate";
    public override string Title => "Exceptions resolved";
    public override Better Better => Better.Higher;
    public override KpiSubject Subject => KpiSubject.Exception;
    public override KpiSource Source => KpiSource.Cases;

    public override KpiDefinition Definition => new(
        "Exceptions that opened in the period and are resolved now ÷ all that opened in the period, those dismissed left out.",
        "Exceptions. Resolved means proven by a later event or a read-back. One that came back counts from its last opening.",
        "Head of shared services",
        KpiVersion.Of("2026-11-21", "First version."));

    protected override (string Holds, string Not) Words => ("resolved", "not resolved");

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window) =>
        from c in db.CasesIn(window)
        where c.OpenedAt >= window.From && c.OpenedAt < window.To
        select new KpiRow
        {
            Subject = c.Id, Once = c.ObjectKey, Unit = c.Unit, LegalEntity = c.LegalEntity, Region = c.Region, At = c.OpenedAt, CameAt = c.EndedAt, Amount = c.Amount, Currency = c.Currency, Reporting = c.ReportingAmount,
            Holds = c.State == CaseState.Dismissed ? null : c.State == CaseState.Resolved,
        };

    public override string WhyNothing(KpiWindow window) => "No exception opened in the period.";

    public override decimal? Target(KpiTargets targets) => targets.ResolvedPercent;
}
