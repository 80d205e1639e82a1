using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>How often somebody had to change a message by hand.</summary>
public sealed class ManualCorrections : CountKpi
{
    public override string Code => "manual-corrections";
    public override string Title => "Manual corrections";
    public override KpiSubject Subject => KpiSubject.Exception;

    public override KpiDefinition Definition => new(
        "Exceptions whose message was repaired in the period; each once, however many versions it took.",
        "Repaired payloads. What people correct in a system itself, without the console, is not known.",
        "Head of shared services",
        KpiVersion.Of("2026-11-21", "First version."));

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window)
    {
        var repaired = db.PayloadVersions.Where(p => p.At >= window.From && p.At < window.To).GroupBy(p => p.CaseId).Select(one => new { CaseId = one.Key, At = one.Max(p => p.At) });
        return
            from c in db.CasesIn(window)
            join repair in repaired on c.Id equals repair.CaseId
            select new KpiRow { Subject = c.Id, Once = c.ObjectKey, Unit = c.Unit, Group = c.Fingerprint, At = repair.At, Amount = c.Amount, Currency = c.Currency, Reporting = c.ReportingAmount };
    }

    public override string Said(KpiRow row, KpiWindow window) => "repaired";

    public override decimal? Target(KpiTargets targets) => targets.Corrections;
}
