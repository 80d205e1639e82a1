using OpsConsole.Events;
using OpsConsole.Tests.Kpis;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Events;

/// <summary>Objects and transactions as people look for them.</summary>
public abstract class ShowAndFindTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task Pages_show_every_object_once_although_all_were_received_at_one_moment()
    {
        await using var world = await BoardWorld.Start<TBrand>();
        var seen = new List<string>();

        string? after = null;
        do
        {
            var page = await world.Objects(new ObjectFilter("order"), Scope.All, after, 7);
            Assert.Equal(40, page.Total);
            seen.AddRange(page.Items.Select(line => line.Id));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal((40, 40), (seen.Count, seen.Distinct().Count()));
    }

    [StorageFact]
    public async Task An_object_is_found_by_the_beginning_of_its_id_in_any_case_by_its_name_and_by_another_systems_id()
    {
        await using var world = await BoardWorld.Start<TBrand>();

        Assert.Equal(11, (await world.Objects(new ObjectFilter(Query: "so-3"), Scope.All, null, 50)).Total);
        Assert.Equal(1, (await world.Objects(new ObjectFilter(Query: "company 17"), Scope.All, null, 50)).Total);
        Assert.Equal("SO-2", (await world.Objects(new ObjectFilter(Query: "in_1"), Scope.All, null, 50)).Items.Single().Id);
        Assert.Equal(0, (await world.Objects(new ObjectFilter(Query: "%"), Scope.All, null, 50)).Total);
    }

    [StorageFact]
    public async Task Any_name_leads_to_the_object_and_its_names_are_told()
    {
        await using var world = await BoardWorld.Start<TBrand>();

        var found = (await world.Object("order", "in_1", Scope.All)).Value!;

        Assert.Equal(("SO-2", "in_1"), (found.Id, Assert.Single(found.Aliases).Id));
        Assert.Equal(("customer", "SO-2"), (Assert.Single(found.Links.Items).Type, Assert.Single(found.Transactions.Items).Lead.Id));
    }

    [StorageFact]
    public async Task What_is_outside_the_scope_does_not_exist_for_its_reader()
    {
        await using var world = await BoardWorld.Start<TBrand>();

        Assert.Equal(RefusalKind.NotFound, (await world.Object("order", "SO-1", Scope.Of("EMEA"))).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await world.Transaction("SO-1", Scope.Of("EMEA"))).Refusal?.Kind);
        Assert.Equal(0, (await world.Objects(new ObjectFilter(Query: "SO-1"), Scope.Of("APAC"), null, 50)).Total);
    }

    [StorageFact]
    public async Task A_transaction_tells_what_stands_beside_it_and_is_not_part_of_it()
    {
        await using var world = await BoardWorld.Start<TBrand>();

        var found = (await world.Transaction("SO-2", Scope.All)).Value!;

        var customer = Assert.Single(found.Shared);
        Assert.Equal(("ACC-2-EMEA", false, 9L), (customer.Id, customer.Joined, customer.Others));
        Assert.Equal(120, Assert.Single(found.Lags).Seconds);
    }
}

public static class ShowAndFindTests
{
    public sealed class On_postgres : ShowAndFindTests<OnPostgres>;

    public sealed class On_sqlserver : ShowAndFindTests<OnSqlServer>;
}
