using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>Of the transactions that started in the period, the share in which nothing came late and nothing is missing.</summary>
public sealed class OrderToCashHealth : Kpi
{
    public override string Code => "order-to-cash-health";
    public override string Title => "On time";
    public override KpiForm Form => KpiForm.Share;
    public override Better Better => Better.Higher;
    public override KpiSubject Subject => KpiSubject.Transaction;

    public override KpiDefinition Definition => new(
        "Transactions of the flow that started in the period, in which no milestone came after its deadline and none is overdue ÷ all of them.",
        "Transactions and milestones, folded from sync-state events. Deadlines are the flow definition's and count from receipt.",
        "Head of sales operations",
        KpiVersion.Of("2026-10-20", "First version."));

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window) =>
        from t in db.TransactionsIn(window)
        select new KpiRow
        {
            Subject = t.Key,
            Once = t.LeadKey,
            Unit = t.Unit,
            At = t.StartOrder,
            Missing = t.NextDueAt <= window.Now,
            Late = t.Late,
            Amount = t.Amount,
            Currency = t.Currency,
            Group = t.Progress,
        };

    public override decimal? ValueOf(KpiRow row, KpiWindow window) => row is { Late: false, Missing: false } ? 1 : 0;

    public override decimal? Combine(IReadOnlyList<decimal> values, KpiWindow window) => values.Count == 0 ? null : 100m * values.Sum() / values.Count;

    public override string Said(KpiRow row, KpiWindow window) => row.Missing ? "not arrived" : row.Late ? "late" : "on time";

    public override async Task<KpiRead> Read(OpsDb db, KpiWindow window, CancellationToken cancellationToken)
    {
        var (first, last) = await Ends(db, window, cancellationToken);
        var hourly = Trends.IsHourly(first, last);
        return new KpiRead(
            hourly ? await Rows(db, window).ToListAsync(cancellationToken) : await Days(db, window, cancellationToken),
            hourly ? await Rows(db, window.Before()).ToListAsync(cancellationToken) : await Outcomes(db, window.Before(), cancellationToken));
    }

    public override KpiFigure Measure(IReadOnlyList<KpiRow> rows, KpiWindow window)
    {
        var all = rows.Sum(row => row.Count);
        return new KpiFigure(all == 0 ? null : 100m * rows.Where(row => !row.Late && !row.Missing).Sum(row => row.Count) / all, all) { Why = all == 0 ? WhyNothing(window) : null };
    }

    public override decimal? Target(KpiTargets targets) => targets.OnTimePercent;

    public override string WhyNothing(KpiWindow window) => "No transaction of the flow began in the period.";

    public override object Filter(KpiWindow window) => window.Transactions();

    // A month has a hundred thousand transactions, and a few hundred kinds of them a day.
    private static async Task<List<KpiRow>> Days(OpsDb db, KpiWindow window, CancellationToken cancellationToken)
    {
        var now = window.Now;
        var alike = await db.TransactionsIn(window)
            .GroupBy(t => new { Day = t.StartOrder.Date, t.Unit, t.Currency, t.Late, Missing = t.NextDueAt <= now, t.Progress, Priced = t.Amount != null })
            .Select(same => new { same.Key, Count = same.Count(), Amount = same.Sum(t => t.Amount) })
            .ToListAsync(cancellationToken);
        return alike.ConvertAll(same => new KpiRow
        {
            Subject = Guid.Empty,
            Count = same.Count,
            Unit = same.Key.Unit,
            At = new DateTimeOffset(DateTime.SpecifyKind(same.Key.Day, DateTimeKind.Utc)),
            Missing = same.Key.Missing,
            Late = same.Key.Late,
            Amount = same.Key.Priced ? same.Amount : null,
            Currency = same.Key.Currency,
            Group = same.Key.Progress,
        });
    }

    // Of the stretch before only the number and its way are told.
    private static async Task<List<KpiRow>> Outcomes(OpsDb db, KpiWindow window, CancellationToken cancellationToken)
    {
        var now = window.Now;
        var alike = await db.TransactionsIn(window)
            .GroupBy(t => new { Day = t.StartOrder.Date, t.Late, Missing = t.NextDueAt <= now })
            .Select(same => new { same.Key, Count = same.Count() })
            .ToListAsync(cancellationToken);
        return alike.ConvertAll(same => new KpiRow { Subject = Guid.Empty, Count = same.Count, Unit = "", At = new DateTimeOffset(DateTime.SpecifyKind(same.Key.Day, DateTimeKind.Utc)), Missing = same.Key.Missing, Late = same.Key.Late });
    }

    private static async Task<(DateTimeOffset First, DateTimeOffset Last)> Ends(OpsDb db, KpiWindow window, CancellationToken cancellationToken)
    {
        var starts = db.TransactionsIn(window).Select(t => t.StartOrder);
        var together = new Together(db);
        var first = together.Ask(starts.OrderBy(start => start).Take(1));
        var last = together.Ask(starts.OrderByDescending(start => start).Take(1));
        await together.Send(cancellationToken);
        return (first.FirstOrDefault(), last.FirstOrDefault());
    }
}
