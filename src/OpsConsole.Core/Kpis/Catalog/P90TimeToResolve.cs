using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>Within which time nine of ten exceptions were resolved.</summary>
public sealed class P90TimeToResolve : RankKpi
{
    public override string Code => "p90-time-to-resolve";
    public override string Title => "Time to resolve, p90";
    public override KpiSubject Subject => KpiSubject.Exception;

    public override KpiDefinition Definition => new(
        "The ⌈0.9·n⌉-th smallest of the times from opening to proof of the exceptions resolved in the period. Plain hours, nights and weekends included.",
        "Exceptions: receipt of the fact that opened the last spell, and the moment of proof. Dismissed ones are not in it.",
        "Head of shared services",
        KpiVersion.Of("2026-11-21", "First version."));

    protected override double Share => 0.9;

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window) => db.ResolvedIn(window);

    public override string WhyNothing(KpiWindow window) => "No exception was resolved in the period.";

    public override string Said(KpiRow row, KpiWindow window) => "resolved";

    public override decimal? Target(KpiTargets targets) => targets.ResolveHours * 3600;
}
