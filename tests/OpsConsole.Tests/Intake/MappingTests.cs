using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using OpsConsole.Events;
using OpsConsole.Intake;
using OpsConsole.Intake.CloudEvents;
using OpsConsole.Intake.Hooks;
using OpsConsole.Intake.Mappings;
using OpsConsole.Sources.Hooks;

namespace OpsConsole.Tests.Intake;

/// <summary>What a mapping makes of events of foreign types, and what it refuses.</summary>
public class MappingTests
{
    private const string Invoices =
        """
        {"name": "invoices", "type": "invoice.*", "entityType": "invoice", "entityId": "$.data.object.id", "system": "stripe", "operation": "pay",
         "outcome": {"from": "@type", "map": {"invoice.paid": "succeeded", "invoice.payment_failed": "failed", "invoice.created": "pending"}}, "state": "$.data.object.status",
         "amount": {"from": "$.data.object.amount_due", "minorUnits": true}, "currency": "$.data.object.currency", "time": "$.created",
         "errorCode": "$.data.object.error.code", "links": [{"type": "customer", "id": "$.data.object.customers[0].id", "role": "bill-to"}, {"type": "order", "id": "$.data.object.order"}]}
        """;

    [Fact]
    public void A_web_hook_says_what_a_sync_event_says_and_keeps_its_body_byte_for_byte()
    {
        const string body = """{"type": "invoice.paid", "created": 1774958400, "data": {"object": {"id": "in_1", "status": "paid", "amount_due": 520000, "currency": "eur", "customers": [{"id": "ACC-17"}]}}}""";

        var made = Hook(body).Event!;

        Assert.Equal(("invoice", "in_1", "stripe", "pay", SyncOutcome.Succeeded, "paid"), (made.EntityType, made.EntityId, made.System, made.Operation, made.Outcome, made.State));
        Assert.Equal((5200.00m, "EUR", new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero)), (made.Amount, made.Currency, made.Time));
        Assert.Equal(("msg_1", "/v1/hooks/samples", "invoice.paid"), (made.Id, made.Source, made.Type));
        Assert.Contains(body, Encoding.UTF8.GetString(made.Data), StringComparison.Ordinal);
        var links = new List<SaidLink>();
        SaidReader.Read(Fact.From(made), [], links);
        Assert.Equal(("customer", "ACC-17", "bill-to"), Assert.Single(links.Select(link => (link.ToType, link.ToId, link.Role))));
    }

    [Theory]
    [InlineData("JPY", "1250", "1250")]
    [InlineData("EUR", "1250", "12.50")]
    [InlineData("KWD", "1250", "1.250")]
    [InlineData("eur", "-5", "-0.05")]
    public void Minor_units_are_the_currencys_own(string currency, string minor, string amount) =>
        Assert.Equal(
            decimal.Parse(amount, CultureInfo.InvariantCulture),
            Hook("{\"type\": \"invoice.paid\", \"data\": {\"object\": {\"id\": \"in_1\", \"amount_due\": " + minor + ", \"currency\": \"" + currency + "\"}}}").Event!.Amount);

    [Fact]
    public void What_failed_without_a_code_has_its_type_for_one()
    {
        var made = Hook("""{"type": "invoice.payment_failed", "data": {"object": {"id": "in_1"}}}""").Event!;

        Assert.Equal((SyncOutcome.Failed, "invoice.payment_failed"), (made.Outcome, made.ErrorCode));
    }

    [Theory]
    [InlineData("""{"type": "invoice.paid", "data": {"object": {}}}""", "mapping-no-entity", "entity.id: the mapping invoices looks for it in $.data.object.id, and nothing stands there")]
    [InlineData("""{"type": "invoice.voided", "data": {"object": {"id": "in_1"}}}""", "mapping-value-unknown", "outcome: the mapping invoices says nothing of \"invoice.voided\" in @type")]
    [InlineData("""{"type": "invoice.paid", "data": {"object": {"id": {"a": 1}}}}""", "mapping-not-a-value", "entity.id: must be one value")]
    [InlineData("""{"type": "invoice.paid", "data": {"object": {"id": "in_1", "amount_due": "12.5", "currency": "eur"}}}""", "amount-unreadable", "amount: must be a whole number")]
    [InlineData("""{"type": "invoice.paid", "data": {"object": {"id": "in_1", "amount_due": 1, "currency": "euro"}}}""", "currency-unknown", "currency: must be an ISO 4217 code")]
    [InlineData("""{"type": "invoice.paid", "data": {"object": {"id": "in_1", "amount_due": 1}}}""", "amount-without-currency", "currency: is required")]
    [InlineData("""{"type": "payout.paid", "data": {}}""", "unknown-type", "type: there is no mapping for \"payout.paid\"")]
    [InlineData("""{"data": {}}""", "type-missing", "type: is required")]
    public void What_cannot_be_mapped_is_quarantined_with_the_field_at_fault(string body, string reason, string message)
    {
        var refused = Hook(body).Refused!;

        Assert.Equal(reason, refused.Reason);
        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
        Assert.Equal(refused.Message.Split(':')[0], refused.Field);
    }

    [Fact]
    public void Without_an_outcome_an_event_is_only_noted()
    {
        var read = Read(Event("customer.updated"), """{"name": "customers", "type": "customer.*", "entityType": "customer", "entityId": "$.id"}""");

        Assert.Equal((SyncOutcome.Noted, "samples", "C-1"), (read.Event!.Outcome, read.Event.System, read.Event.EntityId));
    }

    [Fact]
    public void The_nearest_mapping_takes_an_event_in()
    {
        const string any = """{"name": "any", "type": "customer.*", "entityType": "any", "entityId": "$.id"}""";
        const string exact = """{"name": "exact", "type": "customer.updated", "entityType": "exact", "entityId": "$.id"}""";
        const string here = """{"name": "here", "type": "customer.*", "source": "urn:vendor", "entityType": "here", "entityId": "$.id"}""";
        const string off = """{"name": "off", "type": "customer.updated", "source": "urn:vendor", "entityType": "off", "entityId": "$.id", "disabled": true}""";

        Assert.Equal("exact", Read(Event("customer.updated"), any, exact).Event!.EntityType);
        Assert.Equal("here", Read(Event("customer.updated"), any, exact, here, off).Event!.EntityType);
        Assert.Equal("any", Read(Event("customer.deleted"), any, exact).Event!.EntityType);
    }

    [Fact]
    public void A_mapping_that_is_changed_leaves_the_identity_and_the_content_of_an_event_as_they_are()
    {
        var before = Read(Event("customer.updated"), """{"name": "a", "type": "customer.*", "entityType": "customer", "entityId": "$.id"}""").Event!;
        var after = Read(Event("customer.updated"), """{"name": "a", "type": "customer.*", "entityType": "account", "entityId": "$.id", "state": "@type"}""").Event!;

        Assert.Equal(before.Key, after.Key);
        Assert.Equal(before.Content, after.Content);
    }

    [Fact]
    public void Another_attempt_of_a_web_hook_is_the_same_fact_and_refused_the_same_row()
    {
        const string good = """{"type": "invoice.paid", "data": {"object": {"id": "in_1"}}}""";
        const string bad = """{"type": "invoice.paid", "data": {}}""";

        Assert.Equal(Hook(good).Event!.Content, Hook(good, seconds: 60).Event!.Content);
        Assert.Equal(Hook(bad).Refused!.Id, Hook(bad, seconds: 60).Refused!.Id);
        Assert.NotEqual(Hook(bad).Refused!.Id, Hook("""{"type": "invoice.paid", "data": []}""").Refused!.Id);
    }

    [Theory]
    [InlineData("type", "\"\"", "type: must be an event type")]
    [InlineData("type", "\"invoice.*.paid\"", "type: must be an event type")]
    [InlineData("type", "\"*\"", "type: must not take")]
    [InlineData("name", "\"Invoices\"", "name: must match")]
    [InlineData("entityType", "\"Invoice\"", "entityType: Invoice must be a small letter")]
    [InlineData("entityId", "\"$.a[b]\"", "entityId: $.a[b] is no place")]
    [InlineData("state", "\"@kind\"", "state: @kind must be one of @type")]
    [InlineData("outcome", "\"paid\"", "outcome: paid must be one of succeeded")]
    [InlineData("outcome", "{\"from\": \"@type\", \"map\": {\"a\": \"done\"}}", "outcome: done must be one of succeeded")]
    [InlineData("currency", null, "currency: is required beside amount")]
    [InlineData("entityId", null, "entityId: is required")]
    public void A_mapping_that_cannot_work_is_refused_with_the_field(string field, string? json, string message)
    {
        var mapping = System.Text.Json.Nodes.JsonNode.Parse(Invoices)!.AsObject();
        mapping.Remove(field);
        if (json is not null)
        {
            mapping[field] = System.Text.Json.Nodes.JsonNode.Parse(json);
        }

        Assert.StartsWith(message, MappingRules.Fault(MappingDefinition.FromJson(mapping.ToJsonString()))!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_field_is_no_mapping() =>
        Assert.Throws<JsonException>(() => MappingDefinition.FromJson("""{"name": "a", "type": "b", "entityType": "c", "entityId": "$.d", "outcom": "failed"}"""));

    [Fact]
    public void A_mapping_survives_its_JSON() =>
        Assert.Equal(MappingDefinition.FromJson(Invoices).ToJson(), MappingDefinition.FromJson(MappingDefinition.FromJson(Invoices).ToText()).ToJson());

    [Theory]
    [InlineData("$.a['b.c'][1].d", "3")]
    [InlineData("$['a']['b.c'][0]", "\"x\"")]
    [InlineData("$.a.nothing", null)]
    [InlineData("$.a['b.c'][7]", null)]
    public void A_place_is_found(string text, string? json)
    {
        using var data = JsonDocument.Parse("""{"a": {"b.c": ["x", {"d": 3}]}}""");

        Assert.True(Place.TryParse(text, out var place));
        Assert.Equal(json, place.Find(data.RootElement)?.GetRawText());
    }

    private static string Event(string type) =>
        $$$"""{"specversion": "1.0", "id": "e1", "source": "urn:vendor", "type": "{{{type}}}", "time": "2026-03-31T12:00:00Z", "data": {"id": "C-1"}}""";

    private static Reading Hook(string body, int seconds = 0) =>
        Assert.Single(new HookReader(Reader(Invoices)).Read(new HookHead([]) { Id = "msg_1" }, DateTimeOffset.UnixEpoch.AddYears(50).AddSeconds(seconds), Encoding.UTF8.GetBytes(body), EventJson.Anybody).Value!.Readings);

    private static Reading Read(string json, params string[] mappings) =>
        Assert.Single(Reader(mappings).Structured(Encoding.UTF8.GetBytes(json), EventJson.Anybody).Value!.Readings);

    private static CloudEventReader Reader(params string[] mappings)
    {
        var book = new MappingBook();
        book.Take(mappings.Select(mapping => (MappingDefinition.FromJson(mapping), 1)));
        return new CloudEventReader(Options.Create(new IntakeOptions()), book, TimeProvider.System);
    }
}
