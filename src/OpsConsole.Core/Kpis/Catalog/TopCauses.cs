using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>How much money hangs on a few causes: what working on them would free.</summary>
public sealed class TopCauses : Kpi
{
    /// <summary>How many causes are told.</summary>
    public const int Most = 6;

    public override string Code => "top-causes";
    public override string Title => "Behind the six largest causes";
    public override KpiForm Form => KpiForm.Money;
    public override Better Better => Better.Lower;
    public override KpiSubject Subject => KpiSubject.Exception;
    public override KpiOnce Once => KpiOnce.Object;
    public override bool CarriesMoney => true;
    public override bool HasTrend => false;

    public override KpiDefinition Definition => new(
        "Sum of the amounts at risk of the exceptions that have not ended and belong to the six causes with most money at risk; each object once.",
        "Exceptions and their fingerprints. Which causes are the largest is decided within the filter.",
        "Controller",
        KpiVersion.Of("2026-11-21", "First version."));

    public override async Task<KpiWindow> Ready(OpsDb db, KpiWindow window, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(window);
        var causes = await db.OpenIn(window)
            .GroupBy(c => new { c.Fingerprint, c.ObjectKey }).Select(one => new { one.Key.Fingerprint, Worth = one.Max(c => c.ReportingAmount) })
            .GroupBy(one => one.Fingerprint).Select(cause => new { cause.Key, Worth = cause.Sum(one => one.Worth) ?? 0 })
            .OrderByDescending(cause => cause.Worth).ThenBy(cause => cause.Key).Take(Most).ToListAsync(cancellationToken);
        return window with { TopCauses = [.. causes.Select(cause => cause.Key)] };
    }

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window)
    {
        var causes = window.TopCauses;
        return
            from c in db.OpenIn(window)
            where causes.Contains(c.Fingerprint)
            select new KpiRow { Subject = c.Id, Once = c.ObjectKey, Unit = c.Unit, Group = c.Fingerprint, Queue = c.Queue, At = c.OpenedAt, Amount = c.Amount, Currency = c.Currency, Reporting = c.ReportingAmount };
    }

    public override decimal? ValueOf(KpiRow row, KpiWindow window) => row.Reporting ?? 0;

    public override IReadOnlyList<decimal?> Values(IReadOnlyList<KpiRow> rows, KpiWindow window) => [.. KpiMoney.Of(this, rows, window).Select(amount => (decimal?)(amount ?? 0))];

    public override decimal? Combine(IReadOnlyList<decimal> values, KpiWindow window) => values.Sum();

    public override string Said(KpiRow row, KpiWindow window) => "at risk";
}
