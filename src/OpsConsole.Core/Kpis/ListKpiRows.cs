using Microsoft.Extensions.Options;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>The rows behind a number, a page at a time, the latest first. Their values make the number: see <see cref="Kpi.Combine"/>.</summary>
/// <param name="Code">Of <see cref="KpiCatalog"/>.</param>
/// <param name="Filter">As on the board.</param>
/// <param name="Actor">Who asks.</param>
/// <param name="After">The <see cref="KpiRowPage.Next"/> of the page before; nothing: from the start.</param>
/// <param name="Take">How many, at most <see cref="Cursor.MostRows"/>.</param>
/// <param name="At">By which moment deadlines and waits are judged, so that all pages of one list agree; nothing: now.</param>
public sealed record ListKpiRows(string Code, BoardFilter Filter, Actor Actor, string? After = null, int Take = 50, DateTimeOffset? At = null) : IRequest<Outcome<KpiRowPage>>, IGuarded
{
    public Right Needs => Right.ReadBoard;
}

/// <param name="Items">In order.</param>
/// <param name="Total">How many there are in all, counted.</param>
/// <param name="Next">What to ask with for the rows after these; nothing at the end.</param>
/// <param name="At">By which moment deadlines and waits were judged.</param>
/// <param name="Currency">The reporting currency.</param>
/// <param name="Why">Why there are none, where the number cannot be asked for so.</param>
public sealed record KpiRowPage(IReadOnlyList<KpiLine> Items, long Total, string? Next, DateTimeOffset At, string Currency, string? Why = null);

internal sealed class ListKpiRowsHandler(OpsDb db, TimeProvider clock, IOptions<KpiOptions> options, IOptions<ReportingOptions> reporting)
    : IRequestHandler<ListKpiRows, Outcome<KpiRowPage>>
{
    public async Task<Outcome<KpiRowPage>> Handle(ListKpiRows request, CancellationToken cancellationToken)
    {
        if (KpiCatalog.Find(request.Code) is not { } kpi)
        {
            return Refusal.NotFound($"The number {request.Code}");
        }

        var needs = kpi.Subject is KpiSubject.Exception or KpiSubject.Replay or KpiSubject.Failure ? Right.ReadCases : kpi.Subject is KpiSubject.Source ? Right.ReadBoard : Right.ReadFacts;
        if (!request.Actor.Can(needs))
        {
            return Refusal.Forbidden($"The rows of this number need the right {needs}.");
        }

        var (now, currency) = (clock.GetUtcNow(), reporting.Value.Currency);
        var rates = await RateTable.Read(db, currency, cancellationToken);
        var asked = await request.Filter.Window(db, request.Actor, request.At is { } at && at < now ? at : now, options.Value, rates, cancellationToken);
        return asked.Value is not { } window ? asked.Refusal!
            : kpi.WhyNot(window) is { } why ? new KpiRowPage([], 0, null, window.Now, currency, why)
            : await Page(kpi, await kpi.Ready(db, window, cancellationToken), request, currency, cancellationToken);
    }

    private async Task<KpiRowPage> Page(Kpi kpi, KpiWindow window, ListKpiRows request, string currency, CancellationToken cancellationToken)
    {
        var all = kpi.Rows(db, window);
        var total = await all.LongCountAsync(cancellationToken);
        var take = Cursor.Take(request.Take);
        var rest = Cursor.ReadPair(request.After) is var (at, key) ? all.Where(row => row.At < at || (row.At == at && row.Subject.CompareTo(key) > 0)) : all;
        var rows = await rest.OrderByDescending(row => row.At).ThenBy(row => row.Subject).Take(take + 1).ToListAsync(cancellationToken);
        var next = rows.Count > take ? Cursor.Of(rows[take - 1].At, rows[take - 1].Subject) : null;
        var shown = rows.Take(take).ToList();
        var beside = await Beside(kpi, all, shown, cancellationToken);
        var values = beside.Zip(kpi.Values(beside, window), KpiMoney.Of(kpi, beside, window)).ToDictionary(row => row.First.Subject, row => (Value: row.Second, Counted: row.Third));
        var names = await KpiNames.Read(db, kpi.Subject, shown, cancellationToken);
        return new KpiRowPage(
            [
                .. from row in shown
                   let adds = values.GetValueOrDefault(row.Subject)
                   select names.Line(row, adds.Value, adds.Counted, kpi.Said(row, window)),
            ],
            total, next, window.Now, currency);
    }

    // What counts once is seen only beside the others of its object or group.
    private static async Task<List<KpiRow>> Beside(Kpi kpi, IQueryable<KpiRow> all, List<KpiRow> shown, CancellationToken cancellationToken)
    {
        if (kpi is { Once: KpiOnce.Row, Subject: not KpiSubject.Exception })
        {
            return shown;
        }

        var objects = shown.Select(row => row.Once).Distinct().ToList();
        var found = await all.Where(row => objects.Contains(row.Once)).ToListAsync(cancellationToken);
        if (kpi.Once is KpiOnce.Group)
        {
            var groups = shown.Select(row => row.Group).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
            found.AddRange(await all.Where(row => groups.Contains(row.Group!)).ToListAsync(cancellationToken));
        }

        return [.. found.DistinctBy(row => row.Subject)];
    }
}
