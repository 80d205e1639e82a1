using OpsConsole.Ownership;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Ownership;

public abstract class SetOwnershipTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task The_closest_cell_counts()
    {
        await using var world = await World.Start<TBrand>();
        await Set(world, ("*", "*", "*", "netsuite"), ("invoice", "*", "*", "stripe"), ("invoice", "taxProfile", "*", "salesforce"), ("invoice", "taxProfile", "APAC", "sap"), ("invoice", "*", "AMER", "quickbooks"));

        Assert.Equal("sap", await Owner(world, "invoice", "taxProfile", "APAC"));
        Assert.Equal("salesforce", await Owner(world, "invoice", "TAXPROFILE", "EMEA"));
        Assert.Equal("salesforce", await Owner(world, "invoice", "taxProfile", "AMER"));
        Assert.Equal("stripe", await Owner(world, "invoice", "amount", "EMEA"));
        Assert.Equal("quickbooks", await Owner(world, "invoice", "amount", "AMER"));
        Assert.Equal("netsuite", await Owner(world, "order", "amount", "EMEA"));
    }

    [StorageFact]
    public async Task A_cell_keeps_all_that_it_has_said_and_the_matrix_can_be_read_as_it_stood()
    {
        await using var world = await World.Start<TBrand>();
        await Set(world, ("invoice", "amount", "*", "stripe"));
        var then = world.Clock.GetUtcNow();
        world.Clock.Pass(TimeSpan.FromDays(1));
        await Set(world, ("invoice", "amount", "*", "netsuite"));
        await Set(world, ("invoice", "amount", "*", "netsuite"));
        world.Clock.Pass(TimeSpan.FromDays(1));
        await Set(world, ("invoice", "amount", "*", null));

        var history = (await world.Send(new ShowCell("invoice", "amount", "*", Staff.Ines))).Value!;
        var before = (await world.Send(new ListOwnership(null, then, Staff.Ines))).Value!;
        var now = (await world.Send(new ListOwnership(null, null, Staff.Ines))).Value!;

        Assert.Equal([(3, null), (2, "netsuite"), (1, "stripe")], history.Select(cell => (cell.Version, cell.Owner)));
        Assert.Equal("stripe", Assert.Single(before).Owner);
        Assert.Empty(now);
        await using var db = world.Open();
        Assert.Equal(3, db.Audit.Count(entry => entry.Action == "ownership.set"));
    }

    [StorageFact]
    public async Task One_wrong_cell_and_none_is_set()
    {
        await using var world = await World.Start<TBrand>();

        var refused = await world.Send(new SetOwnership([new("invoice", "amount", null, "stripe"), new("", "amount", null, "stripe")], Staff.Root));

        Assert.StartsWith("entity:", refused.Refusal?.Message, StringComparison.Ordinal);
        Assert.Empty((await world.Send(new ListOwnership(null, null, Staff.Ines))).Value!);
    }

    [StorageFact]
    public async Task Who_saw_an_older_owner_overwrites_nothing_and_a_steward_sets_nothing()
    {
        await using var world = await World.Start<TBrand>();
        await Set(world, ("invoice", "amount", "*", "stripe"));

        var late = await world.Send(new SetOwnership([new("invoice", "amount", "*", "sap", Seen: 0)], Staff.Root));
        var steward = await world.Send(new SetOwnership([new("invoice", "amount", "*", "sap")], Staff.Ines));

        Assert.Equal((RefusalKind.Stale, RefusalKind.Forbidden), (late.Refusal!.Kind, steward.Refusal!.Kind));
    }

    private static async Task Set(World world, params (string Entity, string Attribute, string Unit, string? Owner)[] cells)
    {
        var set = await world.Send(new SetOwnership([.. cells.Select(cell => new OwnershipSet(cell.Entity, cell.Attribute, cell.Unit, cell.Owner))], Staff.Root));
        Assert.True(set.Accepted, set.Refusal?.Message);
    }

    private static async Task<string?> Owner(World world, string entity, string attribute, string unit) =>
        (await world.Send(new FindOwner(entity, attribute, unit, Staff.Ines))).Value!.Owner?.System;
}

public static class SetOwnershipTests
{
    public sealed class On_postgres : SetOwnershipTests<OnPostgres>;

    public sealed class On_sqlserver : SetOwnershipTests<OnSqlServer>;
}
