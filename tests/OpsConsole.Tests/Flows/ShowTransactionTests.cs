using Microsoft.EntityFrameworkCore;
using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Storage;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Tests.Flows;

/// <summary>One order of EMEA with an invoice there and a payment that belongs to APAC, which it shares with an order of either unit; a customer stands beside.</summary>
public abstract class ShowTransactionTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private const string Flow = "order-to-cash";
    private static readonly ObjectRef s_order = new("order", "SO-1");
    private static readonly ObjectRef s_invoice = new("invoice", "INV-1");
    private static readonly ObjectRef s_payment = new("payment", "PAY-1");
    private static readonly ObjectRef s_customer = new("customer", "ACC-1");

    [StorageFact]
    public async Task Whoever_may_see_everything_sees_all_that_belongs_to_it_and_stands_beside_it()
    {
        await using var world = await Filled();

        var read = (await world.Send(new ShowTransaction(Flow, "SO-1", Staff.Root))).Value!;

        Assert.Equal(["order", "order/invoice", "order/payment"], read.Objects.Items.Select(part => part.Path));
        Assert.Equal(3, read.Objects.Total);
        Assert.Equal([("erp", "posted"), ("hub", "sent")], read.Objects.Items[1].Systems.Select(word => (word.System, word.State)));
        Assert.Equal(["erp", "hub"], read.Systems);
        Assert.Equal([("invoiced", s_invoice), ("paid", null)], read.Milestones.Select(milestone => (milestone.Name, milestone.ReachedBy)));
        Assert.Equal([s_payment, s_invoice], read.Exceptions.Select(one => one.About).OrderByDescending(one => one.Type, StringComparer.Ordinal));
        Assert.Equal(["of the payment", "of the invoice"], read.Traces.Items.Select(trace => trace.Name));
        Assert.Equal([("payment", true, 2L), ("customer", false, 2L)], read.Shared.Select(one => (one.Type, one.Joined, one.Others)));
    }

    [StorageFact]
    public async Task A_reader_of_one_unit_sees_only_what_is_in_it()
    {
        await using var world = await Filled();

        var read = (await world.Send(new ShowTransaction(Flow, "SO-1", Staff.Steward("Ines", "EMEA")))).Value!;

        Assert.Equal([s_order, s_invoice], read.Objects.Items.Select(part => new ObjectRef(part.Type, part.Id)));
        Assert.Equal(2, read.Objects.Total);
        Assert.Equal(s_invoice, Assert.Single(read.Exceptions).About);
        Assert.Equal("of the invoice", Assert.Single(read.Traces.Items).Name);
        Assert.Equal([("customer", false, 1L)], read.Shared.Select(one => (one.Type, one.Joined, one.Others)));
    }

    [StorageFact]
    public async Task Who_may_see_other_units_only_is_told_that_there_is_none()
    {
        await using var world = await Filled();

        Assert.False((await world.Send(new ShowTransaction(Flow, "SO-1", Staff.Steward("Aiko", "APAC")))).Accepted);
        Assert.False((await world.Send(new ShowTransaction(Flow, "SO-1", Staff.Steward("Nobody", "none")))).Accepted);
        Assert.False((await world.Send(new ShowTransaction(Flow, "SO-9", Staff.Root))).Accepted);
    }

    [StorageFact]
    public async Task Traces_that_speak_of_a_part_by_another_name_are_found()
    {
        await using var world = await Filled();
        await using (var db = world.Open())
        {
            var spoken = Ids.OfObject("invoice", "0090017");
            db.SaidNames.Add(new SaidName
            {
                Key = Ids.Key(["alias", "0090017"]), Kind = NameKind.Alias, SpokenKey = spoken, Type = "invoice", System = "erp", Id = "0090017", TargetSpokenKey = s_invoice.Key,
                TargetType = "invoice", TargetSystem = "", TargetId = s_invoice.Id, Time = SyncSample.Noon, Source = "urn:samples", EventId = "1",
            });
            Speak(db, 9, "of the invoice's other name", spoken, "0090017");
            await db.SaveChangesAsync();
        }

        var read = (await world.Send(new ShowTransaction(Flow, "SO-1", Staff.Root))).Value!;

        Assert.Equal(["of the invoice's other name", "of the payment", "of the invoice"], read.Traces.Items.Select(trace => trace.Name));
    }

    [StorageFact]
    public async Task Its_traces_are_told_with_the_links_that_lead_to_others_and_to_nowhere()
    {
        await using var world = await Filled();
        await using (var db = world.Open())
        {
            var (invoice, linked) = (await db.Traces.SingleAsync(trace => trace.Name == "of the invoice"), Enumerable.Repeat((byte)77, 16).ToArray());
            db.Traces.Add(new TraceSummary
            {
                TraceId = linked, StartedAt = SyncSample.Noon.AddHours(-1), EndedAt = SyncSample.Noon.AddHours(-1), Spans = 1, Errors = 0, Service = "hub", Name = "before it", HasRoot = true, Services = 1, ReceivedAt = SyncSample.Noon,
            });
            db.Spans.Add(new Span
            {
                TraceId = invoice.TraceId, SpanId = [0, 0, 0, 0, 0, 0, 0, 1], StartNanos = (invoice.StartedAt - DateTimeOffset.UnixEpoch).Ticks * 100, EndNanos = (invoice.StartedAt - DateTimeOffset.UnixEpoch).Ticks * 100,
                Day = DateOnly.FromDateTime(invoice.StartedAt.UtcDateTime), Name = "consume", Service = "hub", ReceivedAt = SyncSample.Noon, SenderId = Guid.Empty,
                Links = $$"""[{"traceId": "{{Convert.ToHexStringLower(linked)}}", "spanId": "0000000000000001"}, {"traceId": "{{new string('9', 32)}}", "spanId": "0000000000000001"}]""",
            });
            await db.SaveChangesAsync();
        }

        var read = (await world.Send(new ShowTransactionTraces(Flow, "SO-1", Staff.Root))).Value!;
        var ofEmea = (await world.Send(new ShowTransactionTraces(Flow, "SO-1", Staff.Steward("Ines", "EMEA")))).Value!;

        Assert.Equal(["before it", "of the invoice", "of the payment"], read.Traces.Select(trace => trace.Name).Order(StringComparer.Ordinal));
        Assert.Equal(read.Traces.Single(trace => trace.Name == "of the invoice").TraceId, read.Traces.Single(trace => trace.Name == "before it").LinkedFrom);
        Assert.Equal((new string('9', 32), "consume"), (Assert.Single(read.Lost).TraceId, read.Lost[0].Step));
        Assert.Equal("of the invoice", Assert.Single(ofEmea.Traces).Name);
        Assert.Single(ofEmea.Lost);
        Assert.False((await world.Send(new ShowTransactionTraces(Flow, "SO-1", Staff.Steward("Aiko", "APAC")))).Accepted);
    }

    private static async Task<World> Filled()
    {
        var world = await World.Start<TBrand>();
        await using var db = world.Open();
        db.Flows.Add(new Flow { Name = Flow, Definition = Definition, Version = 1, FoldedVersion = 1, UpdatedAt = SyncSample.Noon, UpdatedBy = "Root" });
        var (second, third) = (new ObjectRef("order", "SO-2"), new ObjectRef("order", "SO-3"));
        Know(db, "EMEA", s_order, s_invoice, s_customer, second);
        Know(db, "APAC", s_payment, third);
        foreach (var order in new[] { s_order, second, third })
        {
            Run(db, order, order == third ? "APAC" : "EMEA", order == s_order ? [s_invoice, s_payment] : [s_payment]);
            db.ObjectLinks.AddRange(Link(order, s_customer), Link(s_customer, order));
        }

        db.ObjectStates.AddRange(Said(s_invoice, "hub", "sent"), Said(s_invoice, "erp", "posted"));
        Speak(db, 1, "of the invoice", s_invoice.Key, s_invoice.Id);
        Speak(db, 2, "of the payment", s_payment.Key, s_payment.Id);
        await db.SaveChangesAsync();
        await world.Fails(new FailureSample { Id = s_invoice.Id });
        await world.Fails(new FailureSample { Type = s_payment.Type, Id = s_payment.Id, Unit = "APAC" });
        return world;
    }

    private static void Know(OpsDb db, string unit, params ObjectRef[] objects) =>
        db.Objects.AddRange(objects.Select(what => new BusinessObject { Key = what.Key, Type = what.Type, Id = what.Id, Unit = unit, ReceivedAt = SyncSample.Noon, Facts = 1 }));

    private static void Run(OpsDb db, ObjectRef lead, string unit, ObjectRef[] parts)
    {
        var key = Ids.Key([Flow, lead.Type, lead.Id]);
        db.Transactions.Add(new Transaction { Key = key, Flow = Flow, LeadKey = lead.Key, LeadType = lead.Type, LeadId = lead.Id, Unit = unit, Objects = parts.Length + 1, Milestones = 2, StartedAt = SyncSample.Noon });
        db.TransactionMilestones.AddRange(
            new TransactionMilestone { TransactionKey = key, Name = "paid", Flow = Flow, Ordinal = 1 },
            new TransactionMilestone { TransactionKey = key, Name = "invoiced", Flow = Flow, ReachedAt = SyncSample.Noon, ReceivedAt = SyncSample.Noon, ObjectKey = s_invoice.Key });
        db.TransactionObjects.Add(new TransactionObject { TransactionKey = key, ObjectKey = lead.Key, LeadKey = lead.Key, Path = lead.Type });
        db.TransactionObjects.AddRange(parts.Select(part => new TransactionObject { TransactionKey = key, ObjectKey = part.Key, LeadKey = lead.Key, Path = $"order/{part.Type}" }));
    }

    private static void Speak(OpsDb db, byte number, string name, Guid spoken, string id)
    {
        byte[] trace = [.. Enumerable.Repeat(number, 16)];
        var at = SyncSample.Noon.AddMinutes(number);
        db.Traces.Add(new TraceSummary
        {
            TraceId = trace, StartedAt = at, EndedAt = at.AddSeconds(1), Spans = 1, Errors = 0, Service = "hub", Name = name, HasRoot = true, Services = 1, ReceivedAt = at,
        });
        db.TraceKeys.Add(new TraceKey { SpokenKey = spoken, TraceId = trace, Type = "invoice", Id = id });
    }

    private static ObjectState Said(ObjectRef what, string system, string state) => new()
    {
        ObjectKey = what.Key, System = system, State = state, Outcome = SyncOutcome.Succeeded, Operation = "create", Time = SyncSample.Noon, ReceivedAt = SyncSample.Noon, EventKey = Ids.OfEvent("urn:samples", system),
    };

    private static ObjectLink Link(ObjectRef from, ObjectRef to) => new() { FromKey = from.Key, ToKey = to.Key, FromType = from.Type, ToType = to.Type };

    private const string Definition = """
        {"name": "order-to-cash", "lead": "order", "paths": ["order/invoice", "order/payment"], "milestones": [{"name": "invoiced", "type": "invoice", "state": "finalized"}, {"name": "paid", "type": "payment", "state": "received"}], "lags": []}
        """;
}

public static class ShowTransactionTests
{
    public sealed class On_postgres : ShowTransactionTests<OnPostgres>;

    public sealed class On_sqlserver : ShowTransactionTests<OnSqlServer>;
}
