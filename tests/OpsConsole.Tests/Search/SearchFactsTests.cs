using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Search;
using OpsConsole.Storage;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Tests.Search;

/// <summary>
/// One day of a company: trace 1 speaks of invoice INV-1 of EMEA and failed slowly in the ERP without a tax code; trace 2 speaks of PAY-1 of APAC and is
/// fine; trace 3 is three days old. Each object has an event, INV-1 an exception and the order that holds it a transaction.
/// </summary>
public abstract class SearchFactsTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly DateTimeOffset s_now = SyncSample.Noon;
    private static readonly ObjectRef s_order = new("order", "SO-9");
    private static readonly ObjectRef s_invoice = new("invoice", "INV-1");
    private static readonly ObjectRef s_payment = new("payment", "PAY-1");

    [StorageFact]
    public async Task Spans_are_found_by_all_that_they_say()
    {
        await using var world = await Filled();

        foreach (var (query, spans) in new[]
        {
            ("service:erp status:error duration:>2s attr.tax_code:missing unit:EMEA", "post invoice"),
            ("service:erp", "post invoice, read"),
            ("service:erp time:>-7d", "old, post invoice, read"),
            ("status:error OR service:crm", "pay, post invoice"),
            ("service:erp NOT status:error", "read"),
            ("attr.tax_code:V1", "read"),
            ("attr.tax_code:V*", "read"),
            ("attr.tax_code:*", "read"),
            ("attr.lines:3", "read"),
            ("attr.service.version:2.1", "pay, post invoice, read"),
            ("error:E1", "post invoice"),
            ("invoice:INV-1", "post invoice, read"),
            ("key:PAY-1 service:crm", "pay"),
            ("trace:03030303030303030303030303030303", "old"),
            ("duration:<=10ms kind:span", "pay, read"),
            ("object:payment", "pay"),
            ("service:nowhere", ""),
        })
        {
            var found = (await Search(world, query, Staff.Root)).Spans!;

            Assert.Empty(found.Unknown);
            Assert.Equal($"{query}: {spans}", $"{query}: {string.Join(", ", found.Items.Select(span => span.Name).Order(StringComparer.Ordinal))}");
            Assert.Equal(found.Items.Count, found.Total);
        }
    }

    [StorageFact]
    public async Task Events_transactions_and_exceptions_answer_in_the_same_words()
    {
        await using var world = await Filled();

        foreach (var (query, events, transactions, exceptions) in new (string, string?, string?, string?)[]
        {
            ("unit:EMEA status:error", "INV-1", "SO-9", "INV-1"),
            ("system:erp", "INV-1", null, ""),
            ("key:INV-1", "INV-1", "SO-9", "INV-1"),
            ("own:>1000 currency:EUR", "INV-1", "SO-9", "INV-1"),
            ("NOT unit:EMEA", "PAY-1", "", ""),
            ("INV-1", "INV-1", "SO-9", "INV-1"),
            ("state:rejected", "INV-1", null, null),
            ("attr.terms:\"NET 30\"", "INV-1", null, null),
            ("flow:orders status:missing", null, "SO-9", null),
            ("mine", null, null, ""),
        })
        {
            var found = await Search(world, query, Staff.Root);

            Assert.Equal(
                (query, events, transactions, exceptions),
                (query, Said(found.Events, row => row.About.Id), Said(found.Transactions, row => row.Lead.Id), Said(found.Exceptions, row => row.About.Id)));
        }
    }

    [StorageFact]
    public async Task Totals_are_exact_whatever_is_shown_and_nobody_finds_what_is_not_in_their_scope()
    {
        await using var world = await Filled();
        var apac = Staff.Steward("Uli", "APAC");

        var all = await Search(world, "kind:span time:>-7d", Staff.Root, take: 1);
        var scoped = await Search(world, "time:>-7d", apac);

        Assert.Equal((1, 4L), (all.Spans!.Items.Count, all.Spans.Total));
        Assert.Null(all.Events);
        Assert.Equal(("pay", 1L), (Assert.Single(scoped.Spans!.Items).Name, scoped.Spans.Total));
        Assert.Equal("PAY-1", Assert.Single(scoped.Events!.Items).About.Id);
        Assert.Empty(scoped.Transactions!.Items);
        Assert.Empty(scoped.Exceptions!.Items);
    }

    [StorageFact]
    public async Task A_time_is_assumed_only_where_nothing_bounds_the_search_and_it_is_told()
    {
        await using var world = await Filled();

        var open = await Search(world, "service:erp", Staff.Root);
        var keyed = await Search(world, "key:INV-1", Staff.Root);
        var asked = (await world.Send(new SearchFacts("kind:span", s_now.AddDays(-4), s_now.AddDays(-2), null, 10, Staff.Root))).Value!;

        Assert.Equal(s_now.AddHours(-24), open.Spans!.AssumedSince);
        Assert.Null(keyed.Spans!.AssumedSince);
        Assert.Null(keyed.Events!.AssumedSince);
        Assert.Null(asked.Spans!.AssumedSince);
        Assert.Equal("old", Assert.Single(asked.Spans.Items).Name);
    }

    [StorageFact]
    public async Task A_kind_that_does_not_know_a_field_is_left_out_and_a_search_that_nobody_understands_is_refused()
    {
        await using var world = await Filled();

        var found = await Search(world, "service:erp", Staff.Root);
        var refused = await world.Send(new SearchFacts("servise:erp", null, null, null, 10, Staff.Root));

        Assert.Equal("service", Assert.Single(found.Exceptions!.Unknown));
        Assert.Empty(found.Exceptions.Items);
        Assert.Contains("service?", refused.Refusal!.Message, StringComparison.Ordinal);
    }

    [StorageFact]
    public async Task Fields_and_values_are_suggested_for_the_last_word()
    {
        await using var world = await Filled();

        foreach (var (text, wanted, from) in new[]
        {
            ("sta", "status:, state:", 0),
            ("unit:EMEA service:e", "service:erp", 10),
            ("-status:e", "status:error", 1),
            ("attr.tax", "attr.tax_code:", 0),
            ("attr.tax_code:V", "attr.tax_code:V1", 0),
            ("flow:o", "flow:orders", 0),
            ("nothing:", "", 0),
        })
        {
            var offered = (await world.Send(new SuggestSearch(text, Staff.Root))).Value!;

            Assert.Equal((text, wanted, from), (text, string.Join(", ", offered.Items.Select(one => one.Insert)), offered.From));
        }
    }

    [StorageFact]
    public async Task Nothing_is_suggested_from_beyond_the_scope()
    {
        await using var world = await Filled();
        var apac = Staff.Steward("Uli", "APAC");

        Assert.Equal(["service:crm"], (await world.Send(new SuggestSearch("service:", apac))).Value!.Items.Select(one => one.Insert));
        Assert.Equal(["unit:APAC"], (await world.Send(new SuggestSearch("unit:", apac))).Value!.Items.Select(one => one.Insert));
        Assert.Empty((await world.Send(new SuggestSearch("attr.tax", apac))).Value!.Items);
    }

    private static async Task<FactHits> Search(World world, string query, Actor actor, int take = 50)
    {
        var answer = await world.Send(new SearchFacts(query, null, null, null, take, actor));
        Assert.True(answer.Accepted, answer.Refusal?.Message);
        return answer.Value;
    }

    // Nothing: the kind was not asked for or knows no such field.
    private static string? Said<T>(SearchedKind<T>? found, Func<T, string> name) =>
        found is null or { Unknown.Count: > 0 } ? null : string.Join(", ", found.Items.Select(name).Distinct().Order(StringComparer.Ordinal));

    private static async Task<World> Filled()
    {
        var world = await World.Start<TBrand>();
        await using var db = world.Open();
        db.Objects.AddRange(Known(s_order, "EMEA"), Known(s_invoice, "EMEA"), Known(s_payment, "APAC"));
        db.Events.AddRange(
            new SyncSample { Type = "invoice", Entity = "INV-1", Outcome = SyncOutcome.Failed, State = "rejected", ErrorCode = "TAX", Amount = 5200, Currency = "EUR", Attributes = """{"terms": "NET 30"}""" }.Build(),
            new SyncSample { Type = "payment", Entity = "PAY-1", System = "stripe", Amount = 10, Currency = "EUR" }.Build());
        db.Flows.Add(new Flow { Name = "orders", Definition = new FlowDefinition("orders", "order", [], [], []).ToJson(), UpdatedAt = s_now, UpdatedBy = "Root" });
        var run = Ids.Key(["orders", "order", "SO-9"]);
        db.Transactions.Add(new Transaction
        {
            Key = run, Flow = "orders", LeadKey = s_order.Key, LeadType = "order", LeadId = "SO-9", Unit = "EMEA", Amount = 5200, Currency = "EUR", Objects = 2, Milestones = 1, StartedAt = s_now, NextDueAt = s_now.AddHours(-1),
        });
        db.TransactionObjects.AddRange(Part(run, s_order), Part(run, s_invoice));
        Add(db, 1, s_now.AddMinutes(-9), s_invoice, "EMEA");
        Add(db, 2, s_now.AddMinutes(-5), s_payment, null);
        Add(db, 3, s_now.AddDays(-3), null, null);
        db.Spans.AddRange(
            Some(1, 1, "post invoice", "erp", s_now.AddMinutes(-9), 2_500, """{"error.type":"E1","lines":12}""", failed: true),
            Some(1, 2, "read", "erp", s_now.AddMinutes(-8), 10, """{"tax_code":"V1","lines":3}"""),
            Some(2, 1, "pay", "crm", s_now.AddMinutes(-5), 5, """{"note":"\"tax_code\":\"V1\""}"""),
            Some(3, 1, "old", "erp", s_now.AddDays(-3), 100, "{}", resource: "{}"));
        await db.SaveChangesAsync();
        await world.Fails(new FailureSample { Id = "INV-1", System = "netsuite", At = s_now.AddMinutes(-5) });
        return world;
    }

    private static BusinessObject Known(ObjectRef what, string unit) => new() { Key = what.Key, Type = what.Type, Id = what.Id, Unit = unit, ReceivedAt = s_now, Facts = 1 };

    private static TransactionObject Part(Guid run, ObjectRef what) => new() { TransactionKey = run, ObjectKey = what.Key, LeadKey = s_order.Key, Path = what.Type };

    private static void Add(OpsDb db, byte id, DateTimeOffset at, ObjectRef? speaksOf, string? unit)
    {
        db.Traces.Add(new TraceSummary { TraceId = Id(id), StartedAt = at, EndedAt = at.AddSeconds(3), Spans = 1, Errors = 0, Service = "erp", Name = "sync", HasRoot = true, Services = 1, ReceivedAt = at });
        if (speaksOf is { } named)
        {
            db.TraceKeys.Add(new TraceKey { SpokenKey = named.Key, TraceId = Id(id), Type = named.Type, Id = named.Id, Unit = unit });
        }
    }

    private static byte[] Id(byte id) => [.. Enumerable.Repeat(id, 16)];

    private static Span Some(byte trace, byte id, string name, string service, DateTimeOffset at, int milliseconds, string attributes, bool failed = false, string resource = """{"service.version":"2.1"}""")
    {
        var start = (at - DateTimeOffset.UnixEpoch).Ticks * 100;
        return new Span
        {
            TraceId = Id(trace), SpanId = [0, 0, 0, 0, 0, 0, 0, id], StartNanos = start, EndNanos = start + (milliseconds * 1_000_000L), Day = DateOnly.FromDateTime(at.UtcDateTime),
            Name = name, Service = service, Failed = failed, Attributes = attributes, Resource = resource, ReceivedAt = at, SenderId = Guid.Empty,
        };
    }
}

public static class SearchFactsTests
{
    public sealed class On_postgres : SearchFactsTests<OnPostgres>;

    public sealed class On_sqlserver : SearchFactsTests<OnSqlServer>;
}
