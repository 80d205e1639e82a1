using OpsConsole.Flows;
using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>
/// How long an invoice that billing has takes to stand in the books, by the events' own time, for those invoiced in the period. One that has
/// not arrived counts with its wait so far: leaving it out would make a broken feed look fast.
/// </summary>
public sealed class InvoiceSyncLag : Kpi
{
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

    // Both stretches in one look, without the transactions where every one of them is meant.
    public override async Task<KpiRead> Read(OpsDb db, KpiWindow window, CancellationToken cancellationToken)
    {
        var (since, until) = (window.Before().From, window.Before().To);
        var lags =
            from first in db.TransactionMilestones.AsNoTracking()
            where first.Flow == window.Flow && first.Name == window.Options.LagFrom && first.ReachedAt >= since && first.ReachedAt < window.To
            join second in db.TransactionMilestones.Where(m => m.Flow == window.Flow && m.Name == window.Options.LagTo) on first.TransactionKey equals second.TransactionKey
            select new { first.TransactionKey, From = first.ReachedAt!.Value, To = second.ReachedAt };
        if ((window.Asks & ~KpiNarrow.Flow) is not KpiNarrow.None || !window.Scope.Everything)
        {
            var meant = db.Transactions.Seen(window.Scope).Matching(db, window.AllTransactions(), window.Now);
            lags = lags.Where(lag => meant.Any(t => t.Key == lag.TransactionKey));
        }

        var together = new Together(db);
        var read = together.Ask(lags.Select(lag => new LagRead(lag.From, lag.To)));
        await together.Send(cancellationToken);
        var rows = read.ToLookup(lag => lag.From >= window.From, lag => lag.Row);
        return new KpiRead([.. rows[true]], [.. rows[false].Where(row => row.At < until)]);
    }

    /// <summary>Seconds, to the last digit that a clock has.</summary>
    public override decimal? ValueOf(KpiRow row, KpiWindow window) => (decimal)((row.CameAt ?? window.Now) - row.At).TotalSeconds;

    public override decimal? Combine(IReadOnlyList<decimal> values, KpiWindow window) => values.Count == 0 ? null : Percentile.Of<decimal>([.. values.Order()], 0.95);

    public override string WhyNothing(KpiWindow window) => "No invoice was finalized in the period.";

    public override string Said(KpiRow row, KpiWindow window) => row.Missing ? "not arrived" : "arrived";

    public override decimal? Target(KpiTargets targets) => targets.LagMinutes * 60;

    public override object? Filter(KpiWindow window) => window.AllTransactions() with
    {
        Lag = new LagAsked(window.Options.LagFrom, window.Options.LagTo, window.From, window.To),
    };

    /// <summary>The lags in ascending order.</summary>
    public static List<double> Seconds(IEnumerable<KpiRow> rows, DateTimeOffset now) =>
        [.. rows.Select(row => ((row.CameAt ?? now) - row.At).TotalSeconds).Order()];

    private sealed record LagRead(DateTimeOffset From, DateTimeOffset? To)
    {
        public KpiRow Row => new() { Subject = Guid.Empty, Unit = "", At = From, CameAt = To, Missing = To is null };
    }
}
