using OpsConsole.Kpis.Rolls;
using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>How long exceptions took on the average, from opening to proof.</summary>
public sealed class MeanTimeToResolve : DurationKpi
{
    public override string Code => "mean-time-to-resolve";
    public override string Title => "Mean time to resolve";
    public override KpiSubject Subject => KpiSubject.Exception;
    public override KpiSource Source => KpiSource.Cases;

    public override KpiDefinition Definition => new(
        "Sum of the times from opening to proof of all exceptions resolved in the period ÷ their number. Plain hours, nights and weekends included.",
        "Exceptions: receipt of the fact that opened the last spell, and the moment of proof. Dismissed ones are not in it.",
        "Head of shared services",
        KpiVersion.Of("2026-11-21", "First version."));

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window) => db.ResolvedIn(window);

    public override decimal? Combine(IReadOnlyList<decimal> values, KpiWindow window) => CombineSums(values.Sum(), values.Count);

    public override decimal? CombineSums(decimal sum, long counted) => counted == 0 ? null : sum / counted;

    public override string WhyNothing(KpiWindow window) => "No exception was resolved in the period.";

    public override string Said(KpiRow row, KpiWindow window) => "resolved";
}
