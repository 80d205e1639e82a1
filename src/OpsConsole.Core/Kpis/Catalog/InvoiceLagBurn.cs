using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>How fast the budget of late invoices is being used up now. At 1 it lasts to the end of the period and no longer.</summary>
public sealed class InvoiceLagBurn : Kpi
{
    private static readonly TimeSpan s_lately = TimeSpan.FromDays(1);

    public override string Code => "invoice-lag-burn";
    public override string Title => "Sync lag burn rate, last day";
    public override KpiForm Form => KpiForm.Ratio;
    public override Better Better => Better.Lower;
    public override KpiSubject Subject => KpiSubject.Transaction;

    public override KpiDefinition Definition => new(
        "Share of the invoices of the period's last 24 hours whose lag is above the target ÷ the share that the settings allow.",
        "As the invoice sync lag; the last 24 hours end now, or with the period where that is over.",
        "Head of billing",
        KpiVersion.Of("2026-11-21", "First version."));

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window) => InvoiceSyncLag.Invoiced(db, Lately(window));

    public override decimal? ValueOf(KpiRow row, KpiWindow window) =>
        window.Options.Targets.LagMinutes is not { } minutes ? null : ((row.CameAt ?? window.Now) - row.At).TotalSeconds > (double)minutes * 60 ? 1 : 0;

    public override decimal? Combine(IReadOnlyList<decimal> values, KpiWindow window) =>
        values.Count == 0 ? null : values.Sum() / values.Count * 100 / window.Options.LagBudgetPercent;

    public override string WhyNothing(KpiWindow window) =>
        window.Options.Targets.LagMinutes is null ? "No target is set for the lag, so nothing is budgeted." : "No invoice was finalized in the last 24 hours of the period.";

    public override string Said(KpiRow row, KpiWindow window) => ValueOf(row, window) is 1 ? "over target" : "within target";

    public override decimal? Target(KpiTargets targets) => targets.LagMinutes is null ? null : 1;

    private static KpiWindow Lately(KpiWindow window)
    {
        var end = window.To < window.Now ? window.To : window.Now;
        return end - s_lately > window.From ? window with { From = end - s_lately } : window;
    }
}
