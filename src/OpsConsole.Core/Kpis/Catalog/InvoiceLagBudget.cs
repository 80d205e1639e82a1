using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>How much of what may be late is left: the target of the lag is a wish for most invoices, not for each.</summary>
public sealed class InvoiceLagBudget : Kpi
{
    public override string Code => "invoice-lag-budget";
    public override string Title => "Sync lag budget left";
    public override KpiForm Form => KpiForm.Share;
    public override Better Better => Better.Higher;
    public override KpiSubject Subject => KpiSubject.Transaction;

    public override KpiDefinition Definition => new(
        "1 − (invoices of the period whose lag is above the target ÷ what may be above it: the share that the settings allow × all of them). Below zero: overspent.",
        "As the invoice sync lag; target and allowed share are the settings Kpis:Targets:LagMinutes and Kpis:LagBudgetPercent.",
        "Head of billing",
        KpiVersion.Of("2026-11-21", "First version."));

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window) => InvoiceSyncLag.Invoiced(db, window);

    public override decimal? ValueOf(KpiRow row, KpiWindow window) =>
        Seconds(window) is not { } target ? null : ((row.CameAt ?? window.Now) - row.At).TotalSeconds > target ? 1 : 0;

    // Only how long each took matters.
    public override async Task<KpiRead> Read(OpsDb db, KpiWindow window, CancellationToken cancellationToken)
    {
        var lags = await InvoiceSyncLag.Lags(db, window, cancellationToken);
        return new KpiRead(lags.Mine.Rows(), lags.Before.Rows());
    }

    public override decimal? Combine(IReadOnlyList<decimal> values, KpiWindow window) => Left(values.Sum(), values.Count, window);

    public override KpiFigure Measure(IReadOnlyList<KpiRow> rows, KpiWindow window)
    {
        if (rows.All(row => row.Took is null))
        {
            return base.Measure(rows, window);
        }

        var over = Seconds(window) is not { } target ? (int?)null : rows.Sum(row => row.Took?.Count(ticks => new TimeSpan(ticks).TotalSeconds > target) ?? 0);
        var value = over is { } many ? Left(many, rows.Sum(row => row.Count), window) : null;
        return new KpiFigure(value, rows.Sum(row => row.Count)) { Why = value is null ? WhyNothing(window) : null };
    }

    public override string WhyNothing(KpiWindow window) =>
        window.Options.Targets.LagMinutes is null ? "No target is set for the lag, so nothing is budgeted." : "No invoice was finalized in the period.";

    public override string Said(KpiRow row, KpiWindow window) => ValueOf(row, window) is 1 ? "over target" : "within target";

    public override decimal? Target(KpiTargets targets) => targets.LagMinutes is null ? null : 0;

    private static double? Seconds(KpiWindow window) => (double?)window.Options.Targets.LagMinutes * 60;

    private static decimal? Left(decimal over, int all, KpiWindow window) => all == 0 ? null : 100m * (1 - (over / all * 100 / window.Options.LagBudgetPercent));
}
