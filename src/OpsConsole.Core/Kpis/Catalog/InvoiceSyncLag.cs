using OpsConsole.Flows;
using OpsConsole.Storage;
using OpsConsole.Storage.Past;

namespace OpsConsole.Kpis.Catalog;

/// <summary>
/// How long an invoice that billing has takes to stand in the books, by the events' own time, for those invoiced in the period. One that has
/// not arrived counts with its wait so far: leaving it out would make a broken feed look fast.
/// </summary>
public sealed class InvoiceSyncLag : Kpi
{
    private const double P = 0.95;

    public override string Code => "invoice-sync-lag";
    public override string Title => "Invoice sync lag, p95";
    public override KpiForm Form => KpiForm.Duration;
    public override Better Better => Better.Lower;
    public override KpiSubject Subject => KpiSubject.Transaction;

    public override KpiDefinition Definition => new(
        "For each transaction whose invoice was finalized in billing in the period: the time until it stood in the books, or until now where it does not. The ⌈0.95·n⌉-th smallest of these.",
        "The two milestones that the settings name, by the events' own time; so the clocks of two systems are compared.",
        "Head of billing",
        KpiVersion.Of("2026-10-20", "First version: what has not arrived counts with its wait so far."));

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window) => Invoiced(db, window);

    /// <summary>The transactions that were invoiced in the period, and when they came into the books.</summary>
    internal static IQueryable<KpiRow> Invoiced(OpsDb db, KpiWindow window) =>
        from first in db.TransactionMilestones.AsNoTracking()
        where first.Flow == window.Flow && first.Name == window.Options.LagFrom && first.ReachedAt >= window.From && first.ReachedAt < window.To
        join second in db.TransactionMilestones.Where(m => m.Name == window.Options.LagTo) on first.TransactionKey equals second.TransactionKey
        join t in db.Transactions.Seen(window.Scope) on first.TransactionKey equals t.Key
        where window.Unit == null || t.Unit == window.Unit
        where window.LegalEntity == null || t.LegalEntity == window.LegalEntity
        where window.Region == null || t.Region == window.Region
        where window.Currency == null || t.Currency == window.Currency
        select new KpiRow
        {
            Subject = t.Key,
            Once = t.LeadKey,
            Unit = t.Unit,
            At = first.ReachedAt!.Value,
            CameAt = second.ReachedAt,
            Missing = second.ReachedAt == null,
            Amount = t.Amount,
            Currency = t.Currency,
        };

    public override async Task<KpiRead> Read(OpsDb db, KpiWindow window, CancellationToken cancellationToken)
    {
        var lags = await Lags(db, window, cancellationToken);
        return new KpiRead(lags.Mine.Rows(), lags.Before.Rows());
    }

    /// <summary>How long the invoices of both stretches took or have waited, in one look, without the transactions where every one of them is meant.</summary>
    internal static async Task<(Waits Mine, Waits Before)> Lags(OpsDb db, KpiWindow window, CancellationToken cancellationToken)
    {
        var (since, until) = (window.Before().From, window.Before().To);
        var milestones = db.TransactionMilestones.AsNoTracking().Where(m => m.Flow == window.Flow);
        var lags = await IsStep(db, window, cancellationToken)
            ? from m in milestones
              where m.Name == window.Options.LagTo && m.PriorAt >= since && m.PriorAt < window.To
              select new { m.TransactionKey, From = m.PriorAt!.Value, To = m.ReachedAt }
            : from first in milestones
              where first.Name == window.Options.LagFrom && first.ReachedAt >= since && first.ReachedAt < window.To
              join second in milestones.Where(m => m.Name == window.Options.LagTo) on first.TransactionKey equals second.TransactionKey
              select new { first.TransactionKey, From = first.ReachedAt!.Value, To = second.ReachedAt };
        if ((window.Asks & ~KpiNarrow.Flow) is not KpiNarrow.None || !window.Scope.Everything)
        {
            var meant = db.Transactions.Seen(window.Scope).Matching(db, window.AllTransactions(), window.Now);
            lags = lags.Where(lag => meant.Any(t => t.Key == lag.TransactionKey));
        }

        var (mine, before, together) = (new Waits(window.Now), new Waits(window.Now), new Together(db));
        together.Each(lags.Select(lag => new Lag(lag.From, lag.To)), lag => (lag.From >= window.From ? mine : lag.From < until ? before : null)?.Add(lag.From, lag.To, lag.From));
        await together.Send(cancellationToken);
        return (mine, before);
    }

    // Then one row says both moments. What the flow was at a former moment is not asked: of the past both milestones are read.
    private static async Task<bool> IsStep(OpsDb db, KpiWindow window, CancellationToken cancellationToken) =>
        db is not PastDb && await db.Flows.AsNoTracking().Where(flow => flow.Name == window.Flow && flow.FoldedVersion == flow.Version).Select(flow => flow.Definition).SingleOrDefaultAsync(cancellationToken) is { } folded
        && FlowDefinition.FromJson(folded).Prior(window.Options.LagTo) == window.Options.LagFrom;

    public override decimal? ValueOf(KpiRow row, KpiWindow window) => Waits.Seconds(Took(row, window));

    public override decimal? Combine(IReadOnlyList<decimal> values, KpiWindow window) => values.Count == 0 ? null : Percentile.Of<decimal>([.. values.Order()], P);

    public override KpiFigure Measure(IReadOnlyList<KpiRow> rows, KpiWindow window)
    {
        var figure = Waits.Rank(rows, P, row => Took(row, window));
        return figure.Value is null ? figure with { Why = WhyNothing(window) } : figure;
    }

    public override string WhyNothing(KpiWindow window) => "No invoice was finalized in the period.";

    public override string Said(KpiRow row, KpiWindow window) => row.Missing ? "not arrived" : "arrived";

    public override decimal? Target(KpiTargets targets) => targets.LagMinutes * 60;

    public override object? Filter(KpiWindow window) => window.AllTransactions() with
    {
        Lag = new LagAsked(window.Options.LagFrom, window.Options.LagTo, window.From, window.To),
    };

    /// <summary>How long it took, or has waited so far, in ticks.</summary>
    internal static long Took(KpiRow row, KpiWindow window) => ((row.CameAt ?? window.Now) - row.At).Ticks;

    private sealed record Lag(DateTimeOffset From, DateTimeOffset? To);
}
