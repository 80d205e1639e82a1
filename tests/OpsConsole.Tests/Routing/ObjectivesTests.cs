using OpsConsole.Cases;
using OpsConsole.Flows;
using OpsConsole.Routing;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Routing;

public abstract class ObjectivesTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task The_share_that_was_recovered_in_time_is_told_with_the_rows_behind_it()
    {
        await using var world = await World.Start<TBrand>();
        await Flow(world, "INV-1", "INV-2", "INV-3", "INV-4");
        await world.Send(new SetObjective("billing", 8, 0.9, null, Staff.Root));
        await world.Says([.. Enumerable.Range(1, 4).Select(i => new FailureSample { Id = $"INV-{i}" }), new FailureSample { Id = "INV-9" }]);
        await world.Look();
        world.Clock.Pass(TimeSpan.FromHours(4));
        await world.Says(new FailureSample { Id = "INV-1", Open = false });
        await world.Look();
        await world.Send(new DismissCase((await world.Case(new FailureSample { Id = "INV-4" }.CaseId)).Id, null, "test-data", "a trial order", Staff.Ines));
        world.Clock.Pass(TimeSpan.FromHours(5));
        await world.Says(new FailureSample { Id = "INV-2", Open = false });
        await world.Look();

        var row = Assert.Single((await world.Send(new ListObjectives(30, Staff.Ines))).Value!.Items);

        Assert.Equal((1, 2, 0), (row.Recovered, row.Missed, row.Running));
        Assert.Equal(1.0 / 3, row.Kept);
        Assert.Equal(["INV-2", "INV-3"], (await world.Send(new ObjectiveCases("billing", "missed", 30, Staff.Ines))).Value!.Items.Select(one => one.ObjectId).Order());
        Assert.Equal(["INV-1"], (await world.Send(new ObjectiveCases("billing", "recovered", 30, Staff.Ines))).Value!.Items.Select(one => one.ObjectId));
    }

    [StorageFact]
    public async Task A_steward_sees_their_own_units_numbers_and_sets_none()
    {
        await using var world = await World.Start<TBrand>();
        await Flow(world, "INV-1");
        await world.Send(new SetObjective("billing", 8, 0.9, null, Staff.Root));
        await world.Fails(new FailureSample { Id = "INV-1" });

        var elsewhere = Assert.Single((await world.Send(new ListObjectives(30, Staff.Steward("Ken Ito", "APAC")))).Value!.Items);
        var refused = await world.Send(new SetObjective("billing", 8, 0.9, null, Staff.Ines));
        var absurd = await world.Send(new SetObjective("billing", 8, 1.5, null, Staff.Root));

        Assert.Equal((0, RefusalKind.Forbidden, RefusalKind.Invalid), (elsewhere.Running, refused.Refusal?.Kind, absurd.Refusal?.Kind));
    }

    private static async Task Flow(World world, params string[] invoices)
    {
        var flow = new FlowDefinition("billing", "invoice", [], [], []);
        await using var db = world.Open();
        db.Flows.Add(new Flow { Name = flow.Name, Definition = flow.ToJson(), UpdatedAt = world.Clock.Now, UpdatedBy = "test" });
        foreach (var invoice in invoices)
        {
            var (key, lead) = (Ids.Key(["billing", invoice]), Ids.OfObject("invoice", invoice));
            db.Transactions.Add(new Transaction { Key = key, Flow = flow.Name, LeadKey = lead, LeadType = "invoice", LeadId = invoice, Unit = "EMEA" });
            db.TransactionObjects.Add(new TransactionObject { TransactionKey = key, ObjectKey = lead, LeadKey = lead, Path = "invoice" });
        }

        await db.SaveChangesAsync();
    }
}

public static class ObjectivesTests
{
    public sealed class On_postgres : ObjectivesTests<OnPostgres>;

    public sealed class On_sqlserver : ObjectivesTests<OnSqlServer>;
}
