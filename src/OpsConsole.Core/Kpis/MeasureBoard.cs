using Microsoft.Extensions.Options;
using OpsConsole.Flows;
using OpsConsole.Kpis.Catalog;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>Measures the head of the board and its panes.</summary>
public sealed record MeasureBoard(BoardFilter Filter, Actor Actor) : IRequest<Outcome<Board>>, IGuarded
{
    public Right Needs => Right.ReadBoard;
}

internal sealed class MeasureBoardHandler(OpsDb db, TimeProvider clock, IOptions<KpiOptions> options, IOptions<ReportingOptions> reporting)
    : IRequestHandler<MeasureBoard, Outcome<Board>>
{
    public async Task<Outcome<Board>> Handle(MeasureBoard request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var rates = await db.Rates.AsNoTracking().ToListAsync(cancellationToken);
        var asked = await request.Filter.Window(db, request.Actor, now, options.Value, new RateTable(rates, reporting.Value.Currency), cancellationToken);
        if (asked.Value is not { } window)
        {
            return asked.Refusal!;
        }

        var flows = await db.Flows.AsNoTracking().OrderBy(flow => flow.Name).ToListAsync(cancellationToken);
        var defined = flows.ConvertAll(flow => FlowDefinition.FromJson(flow.Definition));
        var shown = defined.Find(one => one.Name == window.Flow);
        // The steps are half of the work: they are asked for beside the rest.
        var steps = Task.Run(() => Paces(shown, window, cancellationToken), cancellationToken);
        var measuring = Measure(window, cancellationToken);
        await Task.WhenAll(measuring, steps);
        var (measured, paces) = (await measuring, await steps);
        var health = measured[nameof(OrderToCashHealth)].Read.Rows;
        var missing = health.Where(row => row.Missing).ToList();
        var (stuck, unconverted) = window.Rates.Sum(missing, now);
        var open = new OpenCases(measured[nameof(AmountAtRisk)].Read.Rows);
        return new Board
        {
            Window = window,
            FlowLabel = shown?.Label ?? window.Flow,
            FlowKnown = shown is not null,
            Currency = reporting.Value.Currency,
            RatesDay = rates.Count == 0 ? null : rates.Where(rate => rate.Day <= DateOnly.FromDateTime(now.UtcDateTime)).Max(rate => (DateOnly?)rate.Day),
            Units = await Units(measured.Values.SelectMany(one => one.Read.Rows), window, cancellationToken),
            Flows = [.. defined.Select(one => (one.Name, one.Label ?? one.Name))],
            Tiles = await Tiles(measured, cancellationToken),
            Health = new HealthFigures(
                health.Sum(row => row.Count), health.Where(row => !row.Late && !row.Missing).Sum(row => row.Count), health.Where(row => row is { Late: true, Missing: false }).Sum(row => row.Count),
                missing.Sum(row => row.Count), stuck, unconverted),
            Funnel = shown is null ? [] : await Funnel.Read(db, shown, flows.Exists(row => row.Name == shown.Name && row.FoldedVersion == row.Version), health, paces, window, cancellationToken),
            Lag = LagFigures.Of(measured[nameof(InvoiceSyncLag)].Read.Rows, window),
            Open = open.Ages(now),
            Causes = await open.Causes(db, window, cancellationToken),
            HeldBack = await HoldUps.Read(db, window, measured[nameof(FailedCustomerCreations)].Read.Rows, cancellationToken),
            Backlog = Backlog(measured[nameof(ReconciliationBacklog)].Read.Rows, window),
            Freshness = await Feeds.Read(db, options.Value, now, cancellationToken),
            Annotations = await ListAnnotationsHandler.On(db, window, cancellationToken),
        };
    }

    private async Task<IReadOnlyDictionary<string, StepPace>> Paces(FlowDefinition? flow, KpiWindow window, CancellationToken cancellationToken)
    {
        await using var beside = db.Beside();
        return flow is null ? new Dictionary<string, StepPace>() : await StepPaces.Read(beside, flow, window, cancellationToken);
    }

    private async Task<Dictionary<string, KpiReading>> Measure(KpiWindow window, CancellationToken cancellationToken)
    {
        var read = new Dictionary<string, KpiReading>(StringComparer.Ordinal);
        foreach (var kpi in KpiCatalog.Head)
        {
            read[kpi.GetType().Name] = await KpiReading.Of(db, kpi, window, cancellationToken);
        }

        return read;
    }

    private async Task<IReadOnlyList<Tile>> Tiles(Dictionary<string, KpiReading> measured, CancellationToken cancellationToken)
    {
        var tiles = new List<Tile>();
        foreach (var kpi in KpiCatalog.Head)
        {
            tiles.Add(await measured[kpi.GetType().Name].Tile(db, cancellationToken));
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
