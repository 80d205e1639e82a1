using System.Runtime.InteropServices;
using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>What hangs on exceptions that have not ended, in the reporting currency. An object with several is counted once, with the greatest.</summary>
public sealed class AmountAtRisk : Kpi
{
    public const string Name = "amount-at-risk";

    public override string Code => Name;
    public override string Title => "Amount at risk";
    public override KpiForm Form => KpiForm.Money;
    public override Better Better => Better.Lower;
    public override KpiSubject Subject => KpiSubject.Exception;
    public override KpiOnce Once => KpiOnce.Object;
    public override bool CarriesMoney => true;
    public override bool Sampled => true;

    public override KpiDefinition Definition => new(
        "Sum of the amounts of all exceptions that have not ended, in the reporting currency at the rate of the day on which they were received; of an object with several exceptions only the greatest amount.",
        "Exceptions. One whose amount or rate is not known adds nothing and is counted beside the sum.",
        "Controller",
        KpiVersion.Of("2026-10-20", "First version: each object once."));

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window) =>
        from c in db.OpenIn(window)
        select new KpiRow
        {
            Subject = c.Id, Once = c.ObjectKey, Unit = c.Unit, At = c.OpenedAt, Amount = c.Amount, Currency = c.Currency, Reporting = c.ReportingAmount, Group = c.Fingerprint, Queue = c.Queue,
        };

    // All that is open, which may be a hundred thousand: only what the index of open ones holds.
    public override async Task<KpiRead> Read(OpsDb db, KpiWindow window, CancellationToken cancellationToken)
    {
        var (open, together) = (new List<KpiRow>(), new Together(db));
        together.Each(
            db.OpenIn(window).Select(c => new OpenRead(c.ObjectKey, c.Unit, c.OpenedAt, c.Amount, c.ReportingAmount, c.Fingerprint, c.Queue)),
            one => open.Add(one.Row));
        await together.Send(cancellationToken);
        return new KpiRead(open, []);
    }

    public override decimal? ValueOf(KpiRow row, KpiWindow window) => row.Reporting ?? 0;

    public override IReadOnlyList<decimal?> Values(IReadOnlyList<KpiRow> rows, KpiWindow window) => [.. KpiMoney.Of(this, rows, window).Select(amount => (decimal?)(amount ?? 0))];

    public override decimal? Combine(IReadOnlyList<decimal> values, KpiWindow window) => values.Sum();

    public override KpiFigure Measure(IReadOnlyList<KpiRow> rows, KpiWindow window)
    {
        var sum = Sum(rows);
        return new KpiFigure(sum, rows.Count, sum, rows.Count(row => row is { Amount: not null, Reporting: null }));
    }

    public override decimal? Target(KpiTargets targets) => targets.AtRisk;

    public override object? Filter(KpiWindow window) => window.Open();

    public static decimal Sum(IEnumerable<KpiRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var greatest = new Dictionary<Guid, decimal>();
        foreach (var row in rows)
        {
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(greatest, row.Once, out var there);
            known = there ? Math.Max(known, row.Reporting ?? 0) : row.Reporting ?? 0;
        }

        return greatest.Values.Sum();
    }

    private sealed record OpenRead(Guid ObjectKey, string Unit, DateTimeOffset OpenedAt, decimal? Amount, decimal? Reporting, string Fingerprint, string? Queue)
    {
        public KpiRow Row => new() { Subject = ObjectKey, Once = ObjectKey, Unit = Unit, At = OpenedAt, Amount = Amount, Reporting = Reporting, Group = Fingerprint, Queue = Queue };
    }
}
