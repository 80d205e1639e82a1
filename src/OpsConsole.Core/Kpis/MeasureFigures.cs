using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>Measures what stands below the panes of the board: every number of <see cref="KpiCatalog.Groups"/>.</summary>
public sealed record MeasureFigures(BoardFilter Filter, Actor Actor) : IRequest<Outcome<FigureBoard>>, IGuarded
{
    public Right Needs => Right.ReadBoard;
}

/// <param name="Groups">In the order shown.</param>
/// <param name="Currency">The reporting currency.</param>
/// <param name="Now">By which deadlines were judged.</param>
public sealed record FigureBoard(IReadOnlyList<FigureGroup> Groups, string Currency, DateTimeOffset Now);

/// <param name="Title">What its numbers speak of.</param>
/// <param name="Tiles">In the order shown.</param>
public sealed record FigureGroup(string Title, IReadOnlyList<Tile> Tiles);

internal sealed class MeasureFiguresHandler(OpsDb db, TimeProvider clock, IOptions<KpiOptions> options, IOptions<ReportingOptions> reporting)
    : IRequestHandler<MeasureFigures, Outcome<FigureBoard>>
{
    public async Task<Outcome<FigureBoard>> Handle(MeasureFigures request, CancellationToken cancellationToken)
    {
        var rates = await RateTable.Read(db, reporting.Value.Currency, cancellationToken);
        var asked = await request.Filter.Window(db, request.Actor, clock.GetUtcNow(), options.Value, rates, cancellationToken);
        if (asked.Value is not { } window)
        {
            return asked.Refusal!;
        }

        var tiles = await Tiles(window, cancellationToken);
        var groups = KpiCatalog.Groups.Select(group => new FigureGroup(group.Title, [.. group.Kpis.Select(kpi => tiles[kpi.Code])]));
        return new FigureBoard([.. groups], reporting.Value.Currency, window.Now);
    }

    // None waits for another's rows; two at a time, because others ask the same database.
    private async Task<IReadOnlyDictionary<string, Tile>> Tiles(KpiWindow window, CancellationToken cancellationToken)
    {
        var tiles = new ConcurrentDictionary<string, Tile>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            KpiCatalog.Groups.SelectMany(group => group.Kpis),
            new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancellationToken },
            async (kpi, stop) =>
            {
                await using var beside = db.Beside();
                var reading = await KpiReading.Of(beside, kpi, window, stop);
                tiles[kpi.Code] = await reading.Tile(beside, stop);
            });
        return tiles;
    }
}
