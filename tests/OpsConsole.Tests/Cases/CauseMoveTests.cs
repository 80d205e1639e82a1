using OpsConsole.Cases;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Cases;

public abstract class CauseMoveTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task Merged_causes_are_one_for_what_stands_what_comes_and_what_is_folded_anew()
    {
        await using var world = await World.Start<TBrand>();
        var (first, second) = (await world.Fails(Tax("INV-1", "DE")), await world.Fails(Tax("INV-2", "FR")));

        var merged = (await world.Send(new MergeCauses([second.Fingerprint], first.Fingerprint, "the same feed", Staff.Ines))).Value!;
        var third = await world.Fails(Tax("INV-3", "FR"));
        await world.Says(Tax("INV-2", "FR") with { Event = "failure-2" });
        await world.Look();

        Assert.Equal(1, merged.Exceptions);
        Assert.All([second, third], one => Assert.Equal((first.Fingerprint, first.Cause), Placed(world, one.Id).Result));
        var cause = Assert.Single((await world.Send(new ListCauses(null, null, 50, Staff.Ines))).Value!.Items);
        Assert.Equal((3, first.Cause), (cause.Open, cause.Cause));
    }

    [StorageFact]
    public async Task A_split_takes_its_part_and_leaves_the_rest()
    {
        await using var world = await World.Start<TBrand>();
        var (here, there) = (await world.Fails(Tax("INV-1", "DE")), await world.Fails(Tax("INV-2", "DE") with { Unit = "APAC" }));
        Assert.Equal(here.Fingerprint, there.Fingerprint);

        var split = (await world.Send(new SplitCause(here.Fingerprint, CausePart.Unit, "APAC", "Tax profile missing in APAC", "", Staff.Ines))).Value!;
        var later = await world.Fails(Tax("INV-3", "DE") with { Unit = "APAC" });

        Assert.Equal((here.Fingerprint, here.Cause), await Placed(world, here.Id));
        Assert.Equal((split.Fingerprint, "Tax profile missing in APAC"), await Placed(world, there.Id));
        Assert.Equal((split.Fingerprint, "Tax profile missing in APAC"), await Placed(world, later.Id));
        Assert.Equal("cause.whole", (await world.Send(new SplitCause(split.Fingerprint, CausePart.Unit, "APAC", null, "", Staff.Ines))).Refusal?.Code);
        Assert.Equal("cause.empty", (await world.Send(new SplitCause(here.Fingerprint, CausePart.Region, "XX", null, "", Staff.Ines))).Refusal?.Code);
    }

    [StorageFact]
    public async Task Taken_back_everything_stands_where_it_would_without_it()
    {
        await using var world = await World.Start<TBrand>();
        var (a, b, c) = (await world.Fails(Tax("INV-1", "DE")), await world.Fails(Tax("INV-2", "FR")), await world.Fails(Tax("INV-3", "IT")));
        var first = (await world.Send(new MergeCauses([b.Fingerprint], a.Fingerprint, "", Staff.Ines))).Value!;
        var second = (await world.Send(new MergeCauses([a.Fingerprint], c.Fingerprint, "", Staff.Ines))).Value!;
        Assert.Equal(c.Fingerprint, (await Placed(world, b.Id)).Fingerprint);

        Assert.True((await world.Send(new UndoCauseMove(first.Moves.Single(), Staff.Ben))).Accepted);
        Assert.Equal((b.Fingerprint, b.Cause), await Placed(world, b.Id));
        Assert.Equal((c.Fingerprint, c.Cause), await Placed(world, a.Id));

        Assert.True((await world.Send(new UndoCauseMove(second.Moves.Single(), Staff.Ben))).Accepted);
        Assert.Equal((a.Fingerprint, a.Cause), await Placed(world, a.Id));
        Assert.Equal("cause.undone", (await world.Send(new UndoCauseMove(second.Moves.Single(), Staff.Ben))).Refusal?.Code);
        await world.Look();
        Assert.Equal((a.Fingerprint, a.Cause), await Placed(world, a.Id));
    }

    [StorageFact]
    public async Task Causes_are_not_merged_in_a_ring_nor_into_themselves()
    {
        await using var world = await World.Start<TBrand>();
        var (a, b) = (await world.Fails(Tax("INV-1", "DE")), await world.Fails(Tax("INV-2", "FR")));
        await world.Send(new MergeCauses([b.Fingerprint], a.Fingerprint, "", Staff.Ines));
        await world.Fails(Tax("INV-4", "PL"));

        Assert.Equal(RefusalKind.Invalid, (await world.Send(new MergeCauses([a.Fingerprint], a.Fingerprint, "", Staff.Ines))).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await world.Send(new MergeCauses([a.Fingerprint], b.Fingerprint, "", Staff.Ines))).Refusal?.Kind);
    }

    [StorageFact]
    public async Task Who_does_not_see_all_of_a_cause_does_not_change_it()
    {
        await using var world = await World.Start<TBrand>();
        var (a, b) = (await world.Fails(Tax("INV-1", "DE")), await world.Fails(Tax("INV-2", "FR") with { Unit = "APAC" }));
        var tom = Staff.Steward("Tom Okafor", "EMEA");

        Assert.Equal(RefusalKind.Forbidden, (await world.Send(new MergeCauses([b.Fingerprint], a.Fingerprint, "", tom))).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await world.Send(new SplitCause(b.Fingerprint, CausePart.Region, "FR", null, "", tom))).Refusal?.Kind);
    }

    [StorageFact]
    public async Task What_is_found_while_causes_are_merged_is_placed_by_the_worker()
    {
        await using var world = await World.Start<TBrand>();
        var (a, b) = (await world.Fails(Tax("INV-1", "DE")), await world.Fails(Tax("INV-2", "FR")));
        await world.Send(new MergeCauses([b.Fingerprint], a.Fingerprint, "", Staff.Ines));
        await using (var db = world.Open())
        {
            var late = await db.Cases.FindAsync(b.Id);
            (late!.Fingerprint, late.Cause, late.FoundAs, late.FoundCause) = (b.Fingerprint, b.Cause, null, null);
            await db.SaveChangesAsync();
        }

        await world.Look();

        Assert.Equal(a.Fingerprint, (await Placed(world, b.Id)).Fingerprint);
    }

    private static FailureSample Tax(string id, string region) => new() { Id = id, Region = region };

    private static async Task<(string Fingerprint, string Cause)> Placed(World world, Guid id) => await world.Case(id) is var one ? (one.Fingerprint, one.Cause) : default;
}

public static class CauseMoveTests
{
    public sealed class On_postgres : CauseMoveTests<OnPostgres>;

    public sealed class On_sqlserver : CauseMoveTests<OnSqlServer>;
}
