using OpsConsole.Cases;
using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>How long it takes until systems agree again after one refused what another has.</summary>
public sealed class ReconciliationCycleTime : RankKpi
{
    public override string Code => "reconciliation-cycle-time";
    public override string Title => "Reconciliation cycle time, p50";
    public override KpiSubject Subject => KpiSubject.Failure;

    public override KpiDefinition Definition => new(
        "For each failure whose last spell ended in the period: the time from its beginning to the fact that ended it. The ⌈0.5·n⌉-th smallest of these.",
        "Failure spells, by the events' own time. Differences of amounts and attributes leave no end behind and are not in it; a comparison of whole lists would tell more.",
        "Controller",
        KpiVersion.Of("2026-11-21", "First version: refusals only."));

    protected override double Share => 0.5;

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window)
    {
        var failures = db.Signals.AsNoTracking().Where(s => s.Kind == SignalKind.Failure && !s.Gone && !s.Open && s.EndedAt >= window.From && s.EndedAt < window.To);
        failures = window.Scope.AllUnits ? failures : failures.Where(s => window.Scope.Units.Contains(s.Unit));
        failures = window.Unit is { } unit ? failures.Where(s => s.Unit == unit) : failures;
        failures = window.LegalEntity is { } entity ? failures.Where(s => s.LegalEntity == entity) : failures;
        failures = window.Region is { } region ? failures.Where(s => s.Region == region) : failures;
        failures = window.Currency is { } currency ? failures.Where(s => s.Currency == currency) : failures;
        failures = window.FlowAsked ? failures.InFlow(db, window.Flow) : failures;
        return failures.Select(s => new KpiRow { Subject = s.Id, Once = s.ObjectKey, Unit = s.Unit, Group = s.System, At = s.EndedAt!.Value, Began = s.FailedAt, Amount = s.Amount, Currency = s.Currency });
    }

    public override string WhyNothing(KpiWindow window) => "No failure ended in the period.";

    public override string Said(KpiRow row, KpiWindow window) => "agreed again";

    public override decimal? Target(KpiTargets targets) => targets.CycleHours * 3600;
}
