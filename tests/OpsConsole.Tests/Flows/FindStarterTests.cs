using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Flows;

/// <summary>Which person or system started a financial change, walked back to the first fact received.</summary>
public abstract class FindStarterTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly ObjectRef s_order = new("order", "SO-1");
    private static readonly ObjectRef s_invoice = new("invoice", "INV-1");
    private static readonly ObjectRef s_quote = new("quote", "Q-1");

    [StorageFact]
    public async Task It_is_the_first_fact_of_the_transaction()
    {
        await using var world = await Filled(
            new SyncSample { Type = "order", Entity = "SO-1", System = "crm", Id = "e1", Time = SyncSample.Noon.AddHours(-2) },
            new SyncSample { Id = "e2", Time = SyncSample.Noon });

        var starter = (await world.Send(new FindStarter("invoice", "INV-1", Staff.Ines))).Value!;

        Assert.Equal([("e2", "first fact of the object"), ("e1", "first fact of the transaction")], starter.Way.Select(step => (step.EventId, step.How)));
        Assert.Equal(("crm", "order", "SO-1"), (starter.First!.System, starter.First.Type, starter.First.Id));
        Assert.Equal(Convert.ToHexStringLower(Ids.OfEvent("urn:samples", "e1")), starter.First.Key);
    }

    [StorageFact]
    public async Task A_named_cause_leads_out_of_the_transaction_to_the_person_who_acted()
    {
        await using var world = await Filled(
            new SyncSample { Type = "quote", Entity = "Q-1", System = "crm", Id = "e0", Time = SyncSample.Noon.AddHours(-9), Extensions = """{"authid":"mia@acme.example"}""" },
            new SyncSample { Type = "order", Entity = "SO-1", System = "hub", Id = "e1", Time = SyncSample.Noon.AddHours(-2), Extensions = """{"causationid":"e0"}""" },
            new SyncSample { Id = "e2", Time = SyncSample.Noon, Extensions = """{"causationid":"e1"}""" });

        var starter = (await world.Send(new FindStarter("invoice", "INV-1", Staff.Ines))).Value!;

        Assert.Equal(["e2", "e1", "e0"], starter.Way.Select(step => step.EventId));
        Assert.Equal(("mia@acme.example", "named as its cause"), (starter.First!.Person, starter.First.How));
    }

    [StorageFact]
    public async Task Causes_that_name_each_other_end()
    {
        await using var world = await Filled(
            new SyncSample { Id = "e1", Time = SyncSample.Noon, Extensions = """{"causationid":"e2"}""" },
            new SyncSample { Type = "order", Entity = "SO-1", Id = "e2", Time = SyncSample.Noon, Extensions = """{"causationid":"e1"}""" });

        var starter = (await world.Send(new FindStarter("invoice", "INV-1", Staff.Ines))).Value!;

        Assert.Equal(["e1", "e2"], starter.Way.Select(step => step.EventId));
    }

    [StorageFact]
    public async Task The_walk_ends_where_the_readers_units_do()
    {
        await using var world = await Filled(
            new SyncSample { Type = "quote", Entity = "Q-1", System = "crm", Id = "e0", Time = SyncSample.Noon.AddHours(-9) },
            new SyncSample { Type = "order", Entity = "SO-1", Id = "e1", Time = SyncSample.Noon.AddHours(-2), Extensions = """{"causationid":"e0"}""" },
            new SyncSample { Id = "e2", Time = SyncSample.Noon });

        var ofEmea = (await world.Send(new FindStarter("invoice", "INV-1", Staff.Steward("Ines", "EMEA")))).Value!;

        Assert.Equal(["e2", "e1"], ofEmea.Way.Select(step => step.EventId));
        Assert.False((await world.Send(new FindStarter("invoice", "INV-1", Staff.Steward("Aiko", "APAC")))).Accepted);
    }

    private static async Task<World> Filled(params SyncSample[] facts)
    {
        var world = await World.Start<TBrand>();
        await using var db = world.Open();
        var key = Ids.Key(["order-to-cash", "order", "SO-1"]);
        db.Objects.AddRange(
            from known in new[] { (s_order, "EMEA"), (s_invoice, "EMEA"), (s_quote, "APAC") }
            select new BusinessObject { Key = known.Item1.Key, Type = known.Item1.Type, Id = known.Item1.Id, Unit = known.Item2, ReceivedAt = SyncSample.Noon, Facts = 1 });
        db.TransactionObjects.AddRange(
            new TransactionObject { TransactionKey = key, ObjectKey = s_order.Key, LeadKey = s_order.Key, Path = "order" },
            new TransactionObject { TransactionKey = key, ObjectKey = s_invoice.Key, LeadKey = s_order.Key, Path = "order/invoice" });
        db.Events.AddRange(facts.Select(fact => fact.Build()));
        await db.SaveChangesAsync();
        return world;
    }
}

public static class FindStarterTests
{
    public sealed class On_postgres : FindStarterTests<OnPostgres>;

    public sealed class On_sqlserver : FindStarterTests<OnSqlServer>;
}
