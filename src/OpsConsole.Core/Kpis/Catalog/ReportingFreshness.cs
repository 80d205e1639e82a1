using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>How old the youngest word of the quietest sender is: all numbers are at least as old where they rest on it.</summary>
public sealed class ReportingFreshness : DurationKpi
{
    private static readonly TimeSpan s_week = TimeSpan.FromDays(7);

    public override string Code => "reporting-freshness";
    public override string Title => "Reporting freshness";
    public override KpiSubject Subject => KpiSubject.Source;
    public override KpiNarrow Narrows => KpiNarrow.None;
    public override bool Sampled => true;

    public override KpiDefinition Definition => new(
        "The longest time since any sender that has sent within the last week sent last.",
        "Receipts by sender and hour. It tells when something came last, not whether everything came. Senders belong to no unit.",
        "Integration lead",
        KpiVersion.Of("2026-11-21", "First version."));

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window)
    {
        var week = window.Now - s_week;
        return
            from source in db.Sources.AsNoTracking()
            where !source.Disabled
            let last = db.SourceHours.Where(hour => hour.SourceId == source.Id && hour.Hour >= week).Max(hour => (DateTimeOffset?)hour.LastAt)
            where last != null
            select new KpiRow { Subject = source.Id, Once = source.Id, Unit = "", At = last!.Value };
    }

    public override decimal? ValueOf(KpiRow row, KpiWindow window) => (decimal)Math.Max(0, (window.Now - row.At).TotalSeconds);

    public override decimal? Combine(IReadOnlyList<decimal> values, KpiWindow window) => values.Count == 0 ? null : values.Max();

    public override string WhyNothing(KpiWindow window) => "No sender has sent anything within the last week.";

    public override string Said(KpiRow row, KpiWindow window) => (window.Now - row.At).TotalMinutes > window.Options.SilentAfterMinutes ? "silent" : "flowing";

    public override decimal? Target(KpiTargets targets) => targets.FreshMinutes * 60;
}
