using Microsoft.EntityFrameworkCore;
using OpsConsole.Cases;
using OpsConsole.Kpis;
using OpsConsole.Storage.Past;
using OpsConsole.Tests.Samples;

namespace OpsConsole.Tests.Storage.Past;

/// <summary>Decisions of people as of a moment: lists, boards and pages say what was decided by then, to who may see it, and take no command.</summary>
public abstract class PastTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task A_list_as_of_a_moment_knows_nothing_of_what_was_decided_later()
    {
        await using var world = await World.Start<TBrand>();
        var before = await Later(world);
        var found = await world.Fails();
        var open = await Later(world);
        await world.Claim(found.Id, Staff.Ines);
        var claimed = await Later(world);
        await world.Send(new DismissCase(found.Id, null, "not-an-error", "seen", Staff.Ines));
        await Later(world);

        Assert.Equal(RefusalKind.Invalid, (await world.SendAsOf(before.AddYears(-1), List())).Refusal?.Kind);
        Assert.Equal([], await States(world, before));
        Assert.Equal([CaseState.Open], await States(world, open));
        Assert.Equal([CaseState.Claimed], await States(world, claimed));
        Assert.Equal([CaseState.Dismissed], (await world.Send(List())).Value!.Items.Select(row => row.State));
        Assert.Equal("Ines", (await world.SendAsOf(claimed, new ShowCase(found.Name, Staff.Ines))).Value!.Case.HolderName?.Split(' ')[0]);
    }

    [StorageFact]
    public async Task A_row_is_known_from_the_moment_it_was_written_until_the_moment_it_was_replaced()
    {
        await using var world = await World.Start<TBrand>();
        var found = await world.Fails();
        await world.Claim(found.Id, Staff.Ines);
        var was = (await Intervals(world)).Where(row => row.State == CaseState.Open).MaxBy(row => row.To)!;
        var tick = TimeSpan.FromMicroseconds(1);

        Assert.Equal([], await Seen(world, (await Intervals(world)).Min(row => row.From) - tick));
        Assert.Equal([CaseState.Open], await Seen(world, was.To!.Value - tick));
        Assert.Equal([CaseState.Claimed], await Seen(world, was.To!.Value));
    }

    [StorageFact]
    public async Task What_was_deleted_since_is_still_there_as_of_before()
    {
        await using var world = await World.Start<TBrand>();
        await world.Fails();
        var then = await world.Moment();
        await using (var db = world.Open())
        {
            await db.Signals.ExecuteDeleteAsync();
            Assert.Empty(await db.Signals.ToListAsync());
        }

        await using var past = world.AsOf(then);
        Assert.Single(await past.Signals.AsNoTracking().ToListAsync());
    }

    [StorageFact]
    public async Task The_past_is_as_narrow_as_the_readers_scope()
    {
        await using var world = await World.Start<TBrand>();
        await world.Fails(new FailureSample { Unit = "EMEA" });
        await world.Fails(new FailureSample { Unit = "APAC", Id = "INV-2", Event = "failure-2" });
        var then = await Later(world);

        var seen = await world.SendAsOf(then, List() with { Actor = Staff.Ines with { Scope = Scope.Of("APAC") } });

        Assert.Equal(["APAC"], seen.Value!.Items.Select(row => row.Unit));
    }

    [StorageFact]
    public async Task Nothing_is_changed_from_the_past()
    {
        await using var world = await World.Start<TBrand>();
        var found = await world.Fails();
        var then = await Later(world);

        var claim = await world.SendAsOf(then, new ClaimCase(found.Id, null, "", Staff.Ines));

        Assert.Equal("past.only-read", claim.Refusal?.Code);
        Assert.Equal(CaseState.Open, (await world.Case(found.Id)).State);
    }

    [StorageFact]
    public async Task A_moment_that_may_not_be_settled_is_refused()
    {
        await using var world = await World.Start<TBrand>();
        world.Clock.Now = await world.Moment();

        Assert.Contains("seconds back", (await world.SendAsOf(world.Clock.Now, List())).Refusal?.Message, StringComparison.Ordinal);
    }

    [StorageFact]
    public async Task A_board_as_of_a_moment_is_the_board_that_was_seen_then()
    {
        await using var world = await World.Start<TBrand>();
        var found = await world.Fails(new FailureSample { Amount = 1_200m, Currency = "EUR" });
        var then = await Later(world);
        var seen = Tell((await world.SendAsOf(then, new MeasureBoard(new BoardFilter(), Staff.Ines))).Value!);
        await world.Claim(found.Id, Staff.Ines);
        await world.Send(new DismissCase(found.Id, null, "not-an-error", "seen", Staff.Ines));
        await world.Fails(new FailureSample { Amount = 99m, Currency = "EUR", Id = "INV-9", Event = "failure-9" });
        await Later(world);

        Assert.Equal(seen, Tell((await world.SendAsOf(then, new MeasureBoard(new BoardFilter(), Staff.Ines))).Value!));
        Assert.NotEqual(seen, Tell((await world.Send(new MeasureBoard(new BoardFilter(), Staff.Ines))).Value!));
    }

    [StorageFact]
    public async Task Former_rows_are_dropped_when_they_are_older_than_is_kept()
    {
        await using var world = await World.Start<TBrand>(("Retention:PastDays", "10"));
        var found = await world.Fails();
        await world.Claim(found.Id, Staff.Ines);
        world.Clock.Now = (await world.Moment()).AddDays(11);

        await world.Run<PastKeeper>(keeper => keeper.Look(default));

        Assert.All(await Intervals(world), row => Assert.Null(row.To));
    }

    private static ListCases List() => new(new CaseFilter(), CaseSort.Newest, null, 50, Staff.Ines);

    private static string Tell(Board board) => string.Join("; ", board.Tiles.Select(tile => $"{tile.Kpi.Code} {tile.Figure.Value} of {tile.Figure.Rows} worth {tile.Figure.Amount}"));

    private static async Task<IReadOnlyList<CaseState>> States(World world, DateTimeOffset at) =>
        [.. (await world.SendAsOf(at, List())).Value!.Items.Select(row => row.State)];

    private static async Task<IReadOnlyList<CaseState>> Seen(World world, DateTimeOffset at)
    {
        await using var db = world.AsOf(at);
        return await db.Cases.AsNoTracking().Select(c => c.State).ToListAsync();
    }

    /// <summary>A moment after all that was done so far, long enough ago to be asked for.</summary>
    private static async Task<DateTimeOffset> Later(World world)
    {
        var at = await world.Moment();
        world.Clock.Now = at.AddMinutes(1);
        return at;
    }

    private static async Task<IReadOnlyList<Interval>> Intervals(World world)
    {
        await using var db = world.Open();
        var sql = db.Dialect.Name == "Postgres"
            ? "SELECT \"State\", known_from AS \"From\", NULL::timestamptz AS \"To\" FROM cases UNION ALL SELECT \"State\", known_from, known_to FROM past_cases_was"
            : "SELECT [State], known_from AS [From], CAST(NULL AS datetimeoffset(7)) AS [To] FROM cases UNION ALL SELECT [State], known_from, known_to FROM past_cases_was";
        return await db.Database.SqlQueryRaw<Interval>(sql).ToListAsync();
    }

    public sealed record Interval(CaseState State, DateTimeOffset From, DateTimeOffset? To);
}

public static class PastTests
{
    public sealed class On_postgres : PastTests<OnPostgres>;

    public sealed class On_sqlserver : PastTests<OnSqlServer>;
}
