using OpsConsole.Cases;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Cases;

public abstract class SavedViewTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task One_s_own_view_is_one_s_own_and_a_shared_one_is_everybodys_who_sees_its_unit()
    {
        await using var world = await World.Start<TBrand>();
        await world.Send(new SaveView("mine", "q=tax", null, false, Staff.Ines));
        await world.Send(new SaveView("close", "unit=EMEA", "EMEA", true, Staff.Ines));

        Assert.Equal(["close", "mine"], await Names(world, Staff.Ines));
        Assert.Equal(["close"], await Names(world, Staff.Ben));
        Assert.Empty(await Names(world, Staff.Steward("Tom Okafor", "APAC")));
    }

    [StorageFact]
    public async Task The_same_name_again_is_the_same_view()
    {
        await using var world = await World.Start<TBrand>();
        await world.Send(new SaveView("close", "q=a", null, false, Staff.Ines));

        var saved = (await world.Send(new SaveView(" close ", "q=b", null, true, Staff.Ines))).Value!;

        Assert.Equal(("q=b", true), saved.Items.Select(view => (view.Address, view.Shared)).Single());
    }

    [StorageFact]
    public async Task Only_who_keeps_a_view_or_manages_rules_deletes_it()
    {
        await using var world = await World.Start<TBrand>();
        var own = (await world.Send(new SaveView("own", "", null, false, Staff.Ines))).Value!.Items.Single();
        var shared = (await world.Send(new SaveView("shared", "", null, true, Staff.Ines))).Value!.Items.Single(view => view.Shared);

        Assert.Equal(RefusalKind.NotFound, (await world.Send(new DeleteView(own.Id, Staff.Root))).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await world.Send(new DeleteView(shared.Id, Staff.Ben))).Refusal?.Kind);
        Assert.True((await world.Send(new DeleteView(shared.Id, Staff.Root))).Accepted);
        Assert.True((await world.Send(new DeleteView(own.Id, Staff.Ines))).Accepted);
        Assert.Empty(await Names(world, Staff.Ines));
    }

    [StorageFact]
    public async Task Who_may_not_hand_over_work_does_not_share()
    {
        await using var world = await World.Start<TBrand>();

        Assert.Equal(RefusalKind.Forbidden, (await world.Send(new SaveView("a", "", null, true, Staff.Hanna))).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await world.Send(new SaveView(" ", "", null, false, Staff.Hanna))).Refusal?.Kind);
        Assert.True((await world.Send(new SaveView("a", "", null, false, Staff.Hanna))).Accepted);
    }

    private static async Task<IEnumerable<string>> Names(World world, Actor actor) => (await world.Send(new ListViews(actor))).Value!.Items.Select(view => view.Name);
}

public static class SavedViewTests
{
    public sealed class On_postgres : SavedViewTests<OnPostgres>;

    public sealed class On_sqlserver : SavedViewTests<OnSqlServer>;
}
