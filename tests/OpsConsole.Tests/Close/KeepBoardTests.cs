using OpsConsole.Close;
using OpsConsole.Kpis;
using OpsConsole.Storage.Past;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Close;

/// <summary>A board that somebody kept is the board that is read as of its moment.</summary>
public abstract class KeepBoardTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task What_was_kept_is_what_a_later_look_at_that_moment_says()
    {
        await using var world = await World.Start<TBrand>();
        await world.Fails();
        world.Clock.Now = await world.Moment() + PastHorizon.Settles;
        var kept = (await world.Send(new KeepBoard(new BoardFilter(), "/board", Staff.Ines))).Value!;
        await world.Fails(new FailureSample { Id = "INV-2", Event = "failure-2", Amount = 99m });
        world.Clock.Pass(TimeSpan.FromMinutes(1));

        var then = (await world.SendAsOf(kept.AsOf, new MeasureBoard(new BoardFilter(), Staff.Ines))).Value!;
        var now = (await world.Send(new MeasureBoard(new BoardFilter(), Staff.Ines))).Value!;
        Assert.Equal(kept.Figures, Figures(then));
        Assert.NotEqual(kept.Figures, Figures(now));
        Assert.Equal(kept.Figures, Assert.Single((await world.Send(new ListKeptBoards(10, Staff.Ines))).Value!.Items).Figures);
        Assert.Empty((await world.Send(new ListKeptBoards(10, Staff.Steward("Ben Adeyemi", "APAC")))).Value!.Items);
    }

    private static IReadOnlyList<KeptFigure> Figures(Board board) =>
        [.. board.Tiles.Select(tile => new KeptFigure(tile.Kpi.Code, tile.Kpi.Title, tile.Figure.Value, tile.Figure.Amount, tile.Figure.Rows))];
}

public static class KeepBoardTests
{
    public sealed class On_postgres : KeepBoardTests<OnPostgres>;

    public sealed class On_sqlserver : KeepBoardTests<OnSqlServer>;
}
