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

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window) =>
        from first in db.TransactionMilestones.AsNoTracking()
        where first.Flow == window.Flow && first.Name == window.Options.LagFrom && first.ReachedAt >= window.From && first.ReachedAt < window.To
        join second in db.TransactionMilestones.Where(m => m.Name == window.Options.LagTo) on first.TransactionKey equals second.TransactionKey
        join t in db.Transactions.Seen(window.Scope) on first.TransactionKey equals t.Key
        where window.Unit == null || t.Unit == window.Unit
        select new KpiRow
        {
            Subject = t.Key,
            Once = t.LeadKey,
            Unit = t.Unit,
            At = first.ReachedAt!.Value,
            CameAt = second.ReachedAt,
            Missing = second.ReachedAt == null,
        };

    // Both stretches in one look, without the transactions where every one of them is meant.
    public override async Task<KpiRead> Read(OpsDb db, KpiWindow window, CancellationToken cancellationToken)
    {
        var since = window.Before().From;
        var lags =
            from first in db.TransactionMilestones.AsNoTracking()
            where first.Flow == window.Flow && first.Name == window.Options.LagFrom && first.ReachedAt >= since && first.ReachedAt < window.To
            join second in db.TransactionMilestones.Where(m => m.Flow == window.Flow && m.Name == window.Options.LagTo) on first.TransactionKey equals second.TransactionKey
            select new { first.TransactionKey, From = first.ReachedAt!.Value, To = second.ReachedAt };
        if (window.Unit is not null || !window.Scope.Everything)
        {
            var meant = db.Transactions.Seen(window.Scope).Where(t => window.Unit == null || t.Unit == window.Unit);
            lags = lags.Where(lag => meant.Any(t => t.Key == lag.TransactionKey));
        }

        var together = new Together(db);
        var read = together.Ask(lags.Select(lag => new LagRead(lag.From, lag.To)));
        await together.Send(cancellationToken);
        var rows = read.ToLookup(lag => lag.From >= window.From, lag => lag.Row);
        return new KpiRead([.. rows[true]], [.. rows[false]]);
    }

    public override KpiFigure Measure(IReadOnlyList<KpiRow> rows, KpiWindow window) =>
        new(rows.Count == 0 ? null : (decimal)Percentile.Of(Seconds(rows, window.Now), 0.95), rows.Count);

    public override decimal? Target(KpiTargets targets) => targets.LagMinutes * 60;

    public override object Filter(KpiWindow window) => Asked(window);

    /// <summary>The lags in ascending order.</summary>
    public static List<double> Seconds(IEnumerable<KpiRow> rows, DateTimeOffset now) =>
        [.. rows.Select(row => ((row.CameAt ?? now) - row.At).TotalSeconds).Order()];

    private sealed record LagRead(DateTimeOffset From, DateTimeOffset? To)
    {
        public KpiRow Row => new() { Subject = Guid.Empty, Unit = "", At = From, CameAt = To, Missing = To is null };
    }

    private static TransactionFilter Asked(KpiWindow window) => new()
    {
        Flow = window.Flow,
        Unit = window.Unit,
        Lag = new LagAsked(window.Options.LagFrom, window.Options.LagTo, window.From, window.To),
    };
}
