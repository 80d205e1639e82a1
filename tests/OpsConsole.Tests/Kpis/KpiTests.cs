using System.Globalization;
using OpsConsole.Kpis;
using OpsConsole.Kpis.Catalog;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Kpis;

/// <summary>Every number of the catalogue is the same on its tile, in its list and in its file, to the cent, whoever asks for whatever.</summary>
public abstract class KpiTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly Scope[] s_readers = [Scope.All, Scope.Of("EMEA")];

    private static readonly BoardFilter[] s_filters =
    [
        new(), new() { Period = "7d" }, new() { Period = "24h" }, new() { Period = "2026-03" }, new() { Unit = "EMEA" }, new() { LegalEntity = "DE01" }, new() { Region = "NY", Currency = "USD" },
        new() { Flow = BoardWorld.Flow }, new() { Flow = BoardWorld.Flow, LegalEntity = "US01", Currency = "EUR", Period = "7d" },
    ];

    [StorageFact]
    public async Task A_number_is_the_same_on_its_tile_in_its_list_and_in_its_file()
    {
        await using var world = await BoardWorld.Start<TBrand>(KpiFacts.Fill);
        await world.Roll();

        foreach (var scope in s_readers)
        {
            foreach (var filter in s_filters)
            {
                var tiles = await world.Tiles(scope, filter);
                Assert.Equal(KpiCatalog.All.Select(kpi => kpi.Code), tiles.Select(tile => tile.Kpi.Code));

                foreach (var tile in tiles)
                {
                    var details = await world.Details(tile.Kpi, scope, filter);
                    var (lines, total) = await world.Lines(tile.Kpi, scope, filter);
                    var file = lines.ConvertAll(line => line.Cells().Select(Written).ToList());
                    var said = (tile.Kpi.Code, tile.Figure.Value, Rows: (long)tile.Figure.Rows, tile.Figure.Amount);

                    Assert.Equal(said, (tile.Kpi.Code, details.Tile.Figure.Value, (long)details.Tile.Figure.Rows, details.Tile.Figure.Amount));
                    Assert.Equal(said, (tile.Kpi.Code, Number(tile, details, lines.Select(line => line.Value)), total, Money(tile, lines.Select(line => line.Counted))));
                    Assert.Equal(said, (tile.Kpi.Code, Number(tile, details, Column(file, "value")), (long)file.Count, Money(tile, Column(file, "counted in EUR"))));
                    Assert.Equal(tile.Figure.Value is null, tile.Figure.Why is not null);
                }
            }
        }
    }

    [StorageFact]
    public async Task The_way_of_a_number_is_that_of_its_rows_one_by_one()
    {
        await using var world = await BoardWorld.Start<TBrand>(KpiFacts.Fill);
        await world.Roll();

        foreach (var kpi in KpiCatalog.All.Where(kpi => kpi is { Sampled: false, HasTrend: true }))
        {
            var steps = 0;
            foreach (var scope in s_readers)
            {
                foreach (var filter in s_filters)
                {
                    var (read, raw) = await world.Ways(kpi, scope, filter, hourly: filter.Period is "24h");
                    Assert.Equal(raw.Select(step => (kpi.Code, filter, step)), read.Select(step => (kpi.Code, filter, step)));
                    steps += raw.Count;
                }
            }

            Assert.True(steps > 0, kpi.Code);
        }
    }

    [StorageFact]
    public async Task Every_number_has_something_to_count_here_so_that_no_comparison_is_of_nothing()
    {
        await using var world = await BoardWorld.Start<TBrand>(KpiFacts.Fill);

        var tiles = await world.Tiles(Scope.All, new BoardFilter());

        Assert.Empty(tiles.Where(tile => tile.Figure.Value is null or 0 || tile.Figure.Rows == 0).Select(tile => $"{tile.Kpi.Code}: {tile.Figure.Value} of {tile.Figure.Rows}, {tile.Figure.Why}"));
        Assert.Empty(tiles.Where(tile => tile.Kpi.Form is KpiForm.Share && tile.Figure.Value is 100).Select(tile => tile.Kpi.Code));
    }

    [StorageFact]
    public async Task Nobody_sees_a_row_outside_their_scope_or_outside_what_they_asked_for()
    {
        await using var world = await BoardWorld.Start<TBrand>(KpiFacts.Fill);

        foreach (var kpi in KpiCatalog.All)
        {
            Assert.All((await world.Lines(kpi, Scope.Of("EMEA"), new BoardFilter())).Lines, line => Assert.Equal((kpi.Code, "EMEA"), (kpi.Code, line.Unit)));
            Assert.All((await world.Lines(kpi, Scope.All, new BoardFilter { LegalEntity = "DE01" })).Lines, line => Assert.Equal((kpi.Code, "DE01"), (kpi.Code, line.LegalEntity)));
            Assert.All((await world.Lines(kpi, Scope.All, new BoardFilter { Currency = "USD" })).Lines, line => Assert.Equal((kpi.Code, "USD"), (kpi.Code, line.Amount?.Currency)));
        }
    }

    [StorageFact]
    public async Task What_cannot_be_narrowed_says_why_instead_of_a_number()
    {
        await using var world = await BoardWorld.Start<TBrand>(KpiFacts.Fill);

        var narrowed = (await world.Details(KpiCatalog.Of("reporting-freshness"), Scope.All, new BoardFilter { LegalEntity = "DE01" })).Tile.Figure;
        var scoped = (await world.Details(KpiCatalog.Of("reporting-freshness"), Scope.Of("EMEA"), new BoardFilter())).Tile.Figure;
        var whole = (await world.Details(KpiCatalog.Of("reporting-freshness"), Scope.All, new BoardFilter())).Tile.Figure;

        Assert.Equal(((decimal?)null, "It cannot be narrowed by legal entity: its rows name none."), (narrowed.Value, narrowed.Why));
        Assert.Equal(((decimal?)null, "It counts all units together, and you see only some of them."), (scoped.Value, scoped.Why));
        Assert.Equal(((decimal?)6000, 3), (whole.Value, whole.Rows));
    }

    [StorageFact]
    public async Task The_lists_that_people_work_in_hold_as_many_rows_as_the_number()
    {
        await using var world = await BoardWorld.Start<TBrand>(KpiFacts.Fill);

        foreach (var filter in s_filters)
        {
            foreach (var kpi in KpiCatalog.All)
            {
                var details = await world.Details(kpi, Scope.All, filter);
                if (kpi.Filter(details.Window) is { } list)
                {
                    Assert.Equal((kpi.Code, (await world.Lines(kpi, Scope.All, filter)).Total), (kpi.Code, await world.Total(list, Scope.All)));
                }
            }
        }
    }

    [StorageFact]
    public async Task A_budget_says_the_same_as_its_invoices()
    {
        await using var world = await BoardWorld.Start<TBrand>();

        var lag = (await world.Board(Scope.All)).Lag;
        var left = (await world.Details(new InvoiceLagBudget(), Scope.All, new BoardFilter())).Tile.Figure.Value;

        Assert.Equal(100m * (1 - ((decimal)lag.OverTarget / lag.Measured / 0.05m)), left);
    }

    private static decimal? Number(Tile tile, KpiDetails details, IEnumerable<decimal?> values) =>
        tile.Kpi.WhyNot(details.Window) is null ? tile.Kpi.Combine([.. values.Where(value => value is not null).Select(value => value!.Value)], details.Window) : null;

    private static decimal? Money(Tile tile, IEnumerable<decimal?> values) => tile.Figure.Amount is null ? null : values.Sum(value => value ?? 0);

    // As a spreadsheet's file has it: numbers with a point, nothing for nothing.
    private static string Written(object? cell) => cell switch
    {
        null => "",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString()!,
    };

    private static IEnumerable<decimal?> Column(List<List<string>> file, string name)
    {
        var at = KpiLine.Columns("EUR").ToList().IndexOf(name);
        return file.Select(cells => cells[at] is "" ? (decimal?)null : decimal.Parse(cells[at], NumberStyles.Float, CultureInfo.InvariantCulture));
    }
}

public static class KpiTests
{
    public sealed class On_postgres : KpiTests<OnPostgres>;

    public sealed class On_sqlserver : KpiTests<OnSqlServer>;
}
