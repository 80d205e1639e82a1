using System.Collections.Frozen;
using System.Text.Json.Nodes;
using OpsConsole.Contracts;
using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Storage;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Tests.Traces;

/// <summary>An order whose invoice the ERP refused, and one that went through; each in a trace of its own.</summary>
public abstract class RunPayloadsTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private const byte Failed = 1;
    private const byte Fine = 2;
    private const string Refused = """{"tranId":"INV-1","taxProfile":null,"pin":"4711-PIN","lines":[{"sku":"A","qty":1}],"amount":"12.50","memo":"<b>late</b>"}""";
    private const string Booked = """{"tranId":"INV-2","taxProfile":"CA","pin":"0815-PIN","lines":[{"sku":"A","qty":1.0},{"sku":"B","qty":2}],"amount":12.50}""";

    private const string Schema = """{"type":"object","properties":{"tranId":{"type":"string"},"pin":{"type":"string","x-oc-secret":true}}}""";

    private static readonly PayloadField[] s_different =
    [
        new("/taxProfile", "null", "\"CA\"", AttributeMark.Differs),
        new("/lines/1/sku", null, "\"B\"", AttributeMark.OnlyHealthy),
        new("/lines/1/qty", null, "2", AttributeMark.OnlyHealthy),
        new("/amount", "\"12.50\"", "12.50", AttributeMark.Differs),
        new("/memo", "\"<b>late</b>\"", null, AttributeMark.OnlyHere),
        new("/tranId", "\"INV-1\"", "\"INV-2\"", AttributeMark.Own),
    ];

    [StorageFact]
    public async Task A_trace_tells_where_its_refused_message_differs_from_its_twins()
    {
        await using var world = await Filled();

        var told = Assert.Single((await world.Send(new CompareTraces(Hex(Failed), null, Staff.Root))).Value!.Payloads);

        Assert.Equal(("invoice", "erp", "create"), (told.Place, told.System, told.Operation));
        Assert.Equal((new ObjectRef("invoice", "INV-1"), true), (told.Here!.Object, told.Here.Failed));
        Assert.Equal((new ObjectRef("invoice", "INV-2"), false), (told.Healthy!.Object, told.Healthy.Failed));
        Assert.Equal(s_different, told.Fields);
    }

    [StorageFact]
    public async Task A_transaction_tells_the_same_of_the_objects_on_each_path()
    {
        await using var world = await Filled();

        var told = Assert.Single((await world.Send(new CompareTransactions("order-to-cash", "SO-1", Staff.Root))).Value!.Payloads);

        Assert.Equal(("order/invoice", true, s_different.Length), (told.Place, told.Here!.Failed, told.Fields.Count));
    }

    [StorageFact]
    public async Task Who_may_not_read_exceptions_is_told_that_there_are_messages_and_nothing_of_what_they_say()
    {
        await using var world = await Filled();
        var reader = Staff.Root with { Rights = new[] { Right.ReadFacts }.ToFrozenSet() };

        var trace = Assert.Single((await world.Send(new CompareTraces(Hex(Failed), null, reader))).Value!.Payloads);
        var transaction = Assert.Single((await world.Send(new CompareTransactions("order-to-cash", "SO-1", reader))).Value!.Payloads);

        Assert.All([trace, transaction], told => Assert.True(told is { Hidden: true, Here: not null, Healthy: not null, Fields.Count: 0 }));
    }

    [StorageFact]
    public async Task Messages_about_objects_of_another_unit_are_not_told_of()
    {
        await using var world = await Filled(ofInvoices: "APAC");

        Assert.Empty((await world.Send(new CompareTransactions("order-to-cash", "SO-1", Staff.Steward("Ines", "EMEA")))).Value!.Payloads);
        Assert.Single((await world.Send(new CompareTransactions("order-to-cash", "SO-1", Staff.Steward("Ines", "EMEA", "APAC")))).Value!.Payloads);
    }

    private static async Task<World> Filled(string ofInvoices = "EMEA")
    {
        var world = await World.Start<TBrand>();
        await world.Send(new SetContract("invoice", new ContractBody("ERP invoice", new("erp-invoices", null, "invoice", null), Schema, null), null, Staff.Root));
        await using var db = world.Open();
        Run(db, Failed, ofInvoices, Refused);
        Run(db, Fine, ofInvoices, Booked);
        await db.SaveChangesAsync();
        return world;
    }

    // The one that failed was first sent whole, and its ERP takes what the other one's takes in the end.
    private static void Run(OpsDb db, byte number, string ofInvoices, string payload)
    {
        var (order, invoice, at, failed) = (new ObjectRef("order", $"SO-{number}"), new ObjectRef("invoice", $"INV-{number}"), SyncSample.Noon.AddHours(number), number == Failed);
        db.Objects.AddRange(Known(order, "EMEA"), Known(invoice, ofInvoices));
        var key = Ids.Key(["order-to-cash", order.Type, order.Id]);
        db.Transactions.Add(new Transaction { Key = key, Flow = "order-to-cash", LeadKey = order.Key, LeadType = order.Type, LeadId = order.Id, Unit = "EMEA", Objects = 2, Milestones = 1, Reached = failed ? 0 : 1, StartedAt = at });
        db.TransactionObjects.AddRange(
            new TransactionObject { TransactionKey = key, ObjectKey = order.Key, LeadKey = order.Key, Path = "order" },
            new TransactionObject { TransactionKey = key, ObjectKey = invoice.Key, LeadKey = order.Key, Path = "order/invoice" });
        db.Traces.Add(new TraceSummary { TraceId = Id(number), StartedAt = at, EndedAt = at.AddSeconds(1), Spans = 1, Errors = failed ? 1 : 0, Service = "hub", Name = "sync", HasRoot = true, Services = 1, ReceivedAt = at });
        db.TraceKeys.Add(new TraceKey { SpokenKey = invoice.Key, TraceId = Id(number), Type = invoice.Type, Id = invoice.Id, Unit = ofInvoices });
        db.Spans.Add(Root(number, at, failed));
        db.Events.AddRange(
            Said(invoice, at, payload, failed ? SyncOutcome.Failed : SyncOutcome.Succeeded, Id(number)),
            Said(invoice, at.AddMinutes(1), """{"tranId":"of another attempt"}""", failed ? SyncOutcome.Succeeded : SyncOutcome.Failed, null),
            new SyncSample { Entity = invoice.Id, Time = at, System = "crm" }.Build());
    }

    private static BusinessObject Known(ObjectRef what, string unit) => new() { Key = what.Key, Type = what.Type, Id = what.Id, Unit = unit, ReceivedAt = SyncSample.Noon, Facts = 1 };

    private static SyncEvent Said(ObjectRef what, DateTimeOffset at, string payload, SyncOutcome outcome, byte[]? trace) => new SyncSample
    {
        Type = what.Type, Entity = what.Id, Time = at, Outcome = outcome, TraceId = trace, Data = new JsonObject { ["payload"] = JsonNode.Parse(payload) },
    }.Build();

    private static Span Root(byte trace, DateTimeOffset at, bool failed) => new()
    {
        TraceId = Id(trace), SpanId = [0, 0, 0, 0, 0, 0, 0, 1], StartNanos = (at - DateTimeOffset.UnixEpoch).Ticks * 100, EndNanos = ((at - DateTimeOffset.UnixEpoch).Ticks * 100) + 1_000_000_000,
        Day = DateOnly.FromDateTime(at.UtcDateTime), Name = "sync", Service = "hub", Failed = failed, ReceivedAt = at, SenderId = Guid.Empty,
    };

    private static byte[] Id(byte of) => [.. Enumerable.Repeat(of, 16)];

    private static string Hex(byte of) => Convert.ToHexStringLower(Id(of));
}

public static class RunPayloadsTests
{
    public sealed class On_postgres : RunPayloadsTests<OnPostgres>;

    public sealed class On_sqlserver : RunPayloadsTests<OnSqlServer>;
}
