using Microsoft.Extensions.Options;
using OpsConsole.Flows;
using OpsConsole.Kpis.Catalog;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>Measures the board for a unit (or all of the caller's), a flow and a period (<see cref="BoardPeriod"/>).</summary>
public sealed record MeasureBoard(string? Unit, string? Flow, string? Period, Actor Actor) : IRequest<Outcome<Board>>, IGuarded
{
    public Right Needs => Right.ReadBoard;
}

internal sealed class MeasureBoardHandler(OpsDb db, TimeProvider clock, IOptions<KpiOptions> options, IOptions<ReportingOptions> reporting)
    : IRequestHandler<MeasureBoard, Outcome<Board>>
{
    public async Task<Outcome<Board>> Handle(MeasureBoard request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (BoardPeriod.Of(request.Period, now) is not var (from, to))
        {
            return Refusal.Invalid("period", "must be 24h, 7d, 30d or a month like 2026-10");
        }

        if (request.Unit is { } unit && !request.Actor.Scope.Covers(unit))
        {
            return Refusal.NotFound($"The unit {unit}");
        }

        var rates = await db.Rates.AsNoTracking().ToListAsync(cancellationToken);
        var flows = await db.Flows.AsNoTracking().OrderBy(flow => flow.Name).ToListAsync(cancellationToken);
        var defined = flows.ConvertAll(flow => FlowDefinition.FromJson(flow.Definition));
        var flow = request.Flow ?? options.Value.Flow;
        var shown = defined.Find(one => one.Name == flow);
        var window = new KpiWindow(
            from, to, now, request.Unit, request.Actor.Scope, flow, options.Value, new RateTable(rates, reporting.Value.Currency));

        var measured = await Measure(window, cancellationToken);
        var health = measured[nameof(OrderToCashHealth)].Rows;
        var missing = health.Where(row => row.Missing).ToList();
        var (stuck, unconverted) = window.Rates.Sum(missing, now);
        var open = new OpenCases(measured[nameof(AmountAtRisk)].Rows);
        return new Board
        {
            Window = window,
            FlowLabel = shown?.Label ?? flow,
            FlowKnown = shown is not null,
            Currency = reporting.Value.Currency,
            RatesDay = rates.Count == 0 ? null : rates.Where(rate => rate.Day <= DateOnly.FromDateTime(now.UtcDateTime)).Max(rate => (DateOnly?)rate.Day),
            Units = await Units(measured.Values.SelectMany(read => read.Rows), window, cancellationToken),
            Flows = [.. defined.Select(one => (one.Name, one.Label ?? one.Name))],
            Tiles = await Tiles(measured, window, cancellationToken),
            Health = new HealthFigures(
                health.Sum(row => row.Count), health.Where(row => !row.Late && !row.Missing).Sum(row => row.Count), health.Where(row => row is { Late: true, Missing: false }).Sum(row => row.Count),
                missing.Sum(row => row.Count), stuck, unconverted),
            Funnel = shown is null ? [] : await Funnel.Read(db, shown, flows.Exists(row => row.Name == shown.Name && row.FoldedVersion == row.Version), health, window, cancellationToken),
            Lag = LagFigures.Of(measured[nameof(InvoiceSyncLag)].Rows, window),
            Open = open.Ages(now),
            Causes = await open.Causes(db, window, cancellationToken),
            HeldBack = await HoldUps.Read(db, window, measured[nameof(FailedCustomerCreations)].Rows, cancellationToken),
            Backlog = Backlog(measured[nameof(ReconciliationBacklog)].Rows, window),
            Freshness = await Feeds.Read(db, options.Value, now, cancellationToken),
        };
    }

    private async Task<Dictionary<string, KpiRead>> Measure(KpiWindow window, CancellationToken cancellationToken)
    {
        var read = new Dictionary<string, KpiRead>(StringComparer.Ordinal);
        foreach (var kpi in KpiCatalog.All)
        {
            read[kpi.GetType().Name] = await kpi.Read(db, window, cancellationToken);
        }

        return read;
    }

    private async Task<IReadOnlyList<Tile>> Tiles(Dictionary<string, KpiRead> measured, KpiWindow window, CancellationToken cancellationToken)
    {
        var tiles = new List<Tile>();
        foreach (var kpi in KpiCatalog.All)
        {
            var read = measured[kpi.GetType().Name];
            var figure = kpi.Measure(read.Rows, window);
            var trend = await Trends.Of(db, kpi, read, figure, window, cancellationToken);
            tiles.Add(new Tile(kpi, figure, trend.Earlier, kpi.Target(window.Options.Targets), trend.Values, trend.Hourly));
        }

        return tiles;
    }

    // The sampler has seen every unit within its last hours; looking through all objects for their few units takes longer than the rest of the board.
    private async Task<IReadOnlyList<string>> Units(IEnumerable<KpiRow> rows, KpiWindow window, CancellationToken cancellationToken)
    {
        var lately = window.Now.AddHours(-2);
        var sampled = await db.KpiPoints.AsNoTracking().Where(point => point.Kpi == AmountAtRisk.Name && point.Hour >= lately).Select(point => point.Unit).Distinct().ToListAsync(cancellationToken);
        var units = sampled.Count > 0 ? sampled : await db.Objects.AsNoTracking().Select(o => o.Unit).Distinct().ToListAsync(cancellationToken);
        return [.. units.Union(rows.Select(row => row.Unit).Where(unit => unit.Length > 0)).Where(window.Scope.Covers).OrderBy(unit => unit == Scope.Unassigned).ThenBy(unit => unit, StringComparer.Ordinal)];
    }

    private static List<BacklogLine> Backlog(IReadOnlyList<KpiRow> rows, KpiWindow window) =>
    [
        .. from row in rows
           group row by (row.Unit, Type: row.Group ?? "") into line
           let sum = window.Rates.Sum(line, window.Now).Sum
           orderby sum descending, line.Count() descending
           select new BacklogLine(line.Key.Unit, line.Key.Type, line.Count(), sum, line.Min(row => row.At)),
    ];
}
