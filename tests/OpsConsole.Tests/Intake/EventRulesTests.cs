namespace OpsConsole.Tests.Intake;

/// <summary>Every rule of the wire contract for one event, with the message that names the field.</summary>
public class EventRulesTests
{
    [Theory]
    [InlineData("specversion", "\"0.3\"", "specversion-unknown", "specversion: must be 1.0")]
    [InlineData("id", null, "id-missing", "id: is required")]
    [InlineData("id", "\"\"", "id-missing", "id: is required")]
    [InlineData("source", null, "source-missing", "source: is required")]
    [InlineData("type", null, "type-missing", "type: is required")]
    [InlineData("type", "\"com.wms.split\"", "unknown-type", "type: there is no mapping for \"com.wms.split\"; opsconsole.sync.v1 needs none")]
    [InlineData("time", null, "time-missing", "time: is required: when it happened at the source, such as 2026-10-30T16:42:00Z")]
    [InlineData("time", "\"yesterday\"", "time-unreadable", "time: must be an RFC 3339 moment with its offset, such as 2026-10-30T16:42:00Z, is \"yesterday\"")]
    [InlineData("time", "\"2026-03-31T12:00:00\"", "time-unreadable", "time: must be an RFC 3339 moment with its offset, such as 2026-10-30T16:42:00Z, is \"2026-03-31T12:00:00\"")]
    [InlineData("time", "\"0001-01-01T00:00:00Z\"", "time-out-of-range", "time: must lie in the years 1900 to 9999, is \"0001-01-01T00:00:00Z\"")]
    [InlineData("subject", "{}", "attribute-unreadable", "subject: must be a string, a number or a boolean")]
    [InlineData("data", null, "data-missing", "data: is required")]
    [InlineData("data", "null", "data-missing", "data: is required")]
    [InlineData("data", "[1]", "data-not-an-object", "data: must be a JSON object")]
    [InlineData("data.entity", null, "entity-type-missing", "entity.type: is required")]
    [InlineData("data.entity", "\"INV-1\"", "entity-not-an-object", "entity: must be an object with type and id")]
    [InlineData("data.entity.type", "\"Invoice\"", "entity-type-invalid", "entity.type: must be a small letter, then up to 63 of a-z, 0-9 and -, is \"Invoice\"")]
    [InlineData("data.entity.id", null, "entity-id-missing", "entity.id: is required")]
    [InlineData("data.entity.id", "5", "not-a-string", "entity.id: must be a string")]
    [InlineData("data.system", null, "system-missing", "system: is required")]
    [InlineData("data.outcome", null, "outcome-missing", "outcome: is required: one of succeeded, pending, failed")]
    [InlineData("data.outcome", "\"done\"", "outcome-unknown", "outcome: must be one of succeeded, pending, failed")]
    [InlineData("data.version", "-1", "version-unreadable", "version: must be an integer of zero or more")]
    [InlineData("data.version", "1.5", "version-unreadable", "version: must be an integer of zero or more")]
    [InlineData("data.version", "\"7\"", "version-unreadable", "version: must be an integer of zero or more")]
    [InlineData("data.amount", "\"5.200,00\"", "amount-unreadable", "amount: must be a decimal such as \"5200.00\", is \"5.200,00\"")]
    [InlineData("data.amount", "1e30", "amount-unreadable", "amount: must be a decimal such as \"5200.00\", is \"1e30\"")]
    [InlineData("data.amount", "1e20", "amount-out-of-range", "amount: must have at most 15 digits before the point, is \"1e20\"")]
    [InlineData("data.amount", null, "amount-without-currency", "amount: is required beside currency: one does not stand without the other")]
    [InlineData("data.currency", null, "amount-without-currency", "currency: is required beside amount: one does not stand without the other")]
    [InlineData("data.currency", "\"RMB\"", "currency-unknown", "currency: must be an ISO 4217 code such as EUR, is \"RMB\"")]
    [InlineData("data.attributes", "[]", "attributes-not-an-object", "attributes: must be a JSON object")]
    [InlineData("data.error", null, "error-code-missing", "error.code: is required when the outcome is failed")]
    [InlineData("data.error.code", null, "error-code-missing", "error.code: is required when the outcome is failed")]
    [InlineData("data.error", "\"broken\"", "error-not-an-object", "error: must be a JSON object with a code")]
    [InlineData("data.error.retryable", "\"no\"", "not-a-boolean", "error.retryable: must be true or false")]
    [InlineData("data.links", "{}", "links-not-a-list", "links: must be a list of {\"type\", \"id\"}")]
    [InlineData("data.links", "[{\"type\": \"order\"}]", "id-missing", "links[0].id: is required")]
    [InlineData("data.links", "[{\"type\": \"order\", \"id\": \"1\"}, {\"type\": \"Order\", \"id\": \"1\"}]", "entity-type-invalid", "links[1].type: must be a small letter, then up to 63 of a-z, 0-9 and -, is \"Order\"")]
    [InlineData("data.aliases", "[{\"id\": \"1\"}]", "system-missing", "aliases[0].system: is required")]
    [InlineData("data.operation", "\"merge\"", "merge-without-target", "mergedInto: is required when the operation is merge: {\"type\", \"id\"}")]
    [InlineData("data.payload", "\"a\\u0000b\"", "nul", "payload: holds a NUL character, which no text may")]
    [InlineData("id", "\"a\\u0000b\"", "bad-text", "id: holds a NUL character, broken UTF-8, or an escape that is no character")]
    public void What_is_wrong_is_named_with_its_field(string path, string? json, string reason, string message)
    {
        var reading = EventJson.Read(EventJson.With(path, json));

        Assert.Equal((reason, message), (reading.Refused?.Reason, reading.Refused?.Message));
    }

    [Theory]
    [InlineData("id", 256, true)]
    [InlineData("id", 257, false)]
    [InlineData("source", 512, true)]
    [InlineData("source", 513, false)]
    [InlineData("subject", 513, false)]
    [InlineData("sequence", 257, false)]
    [InlineData("correlationid", 257, false)]
    [InlineData("data.entity.id", 256, true)]
    [InlineData("data.entity.id", 257, false)]
    [InlineData("data.system", 257, false)]
    [InlineData("data.operation", 257, false)]
    [InlineData("data.state", 257, false)]
    [InlineData("data.businessUnit", 257, false)]
    [InlineData("data.legalEntity", 257, false)]
    [InlineData("data.region", 257, false)]
    [InlineData("data.error.code", 257, false)]
    [InlineData("data.error.attribute", 257, false)]
    [InlineData("data.error.message", 100_000, true)]
    [InlineData("data.replayTarget", 257, false)]
    [InlineData("data.idempotencyKey", 257, false)]
    [InlineData("data.attributes.name", 1_000_000, true)]
    public void Nothing_longer_than_its_column_reaches_the_database(string path, int length, bool taken)
    {
        var reading = EventJson.Read(EventJson.With(path, $"\"{new string('x', length)}\""));

        Assert.Equal(taken, reading.Event is not null);
        Assert.Equal(taken, reading.Refused is null);
    }

    [Fact]
    public void Ids_are_measured_in_bytes()
    {
        var reading = EventJson.Read(EventJson.With("data.entity.id", $"\"{new string('ä', 129)}\""));

        Assert.Equal("entity.id: must be at most 256 bytes long in UTF-8", reading.Refused?.Message);
    }

    [Fact]
    public void An_event_that_is_right_becomes_a_fact_with_all_its_fields()
    {
        var fact = EventJson.Read(EventJson.Right).Event!;

        Assert.Equal(new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero).AddMicroseconds(123_456), fact.Time);
        Assert.Equal(("invoice", "INV-1", "netsuite", "create", "rejected", 7L), (fact.EntityType, fact.EntityId, fact.System, fact.Operation, fact.State, fact.Version));
        Assert.Equal(("EMEA", "DE01", "DE", 5200.00m, "EUR"), (fact.BusinessUnit, fact.LegalEntity, fact.Region, fact.Amount, fact.Currency));
        Assert.Equal(("TAX", "validation", "no tax profile", "taxProfile", false), (fact.ErrorCode, fact.ErrorCategory, fact.ErrorMessage, fact.ErrorAttribute, fact.ErrorRetryable));
        Assert.Equal((true, true, "erp-invoices", "inv-1-create"), (fact.Names, fact.HasPayload, fact.ReplayTarget, fact.IdempotencyKey));
        Assert.Equal("{\"taxProfile\": null}", fact.Attributes);
    }

    [Theory]
    [InlineData("data.error.category", "\"cosmic\"", "unknown")]
    [InlineData("data.error.category", null, "unknown")]
    [InlineData("data.error.category", "\"timeout\"", "timeout")]
    public void A_category_that_nobody_knows_is_unknown(string path, string? json, string category) =>
        Assert.Equal(category, EventJson.Read(EventJson.With(path, json)).Event!.ErrorCategory);

    [Theory]
    [InlineData("2026-03-31T14:00:00+02:00", "2026-03-31T12:00:00.0000000+00:00")]
    [InlineData("2026-03-31t12:00:00.123456789z", "2026-03-31T12:00:00.1234560+00:00")]
    [InlineData("1970-01-01T00:00:00Z", "1970-01-01T00:00:00.0000000+00:00")]
    [InlineData("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.9999990+00:00")]
    [InlineData("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.9999990+00:00")]
    public void Time_is_kept_in_utc_to_the_microsecond(string said, string kept) =>
        Assert.Equal(kept, EventJson.Read(EventJson.With("time", $"\"{said}\"")).Event!.Time.ToString("O", System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void A_key_speaks_only_for_its_units()
    {
        var refused = EventJson.Read(EventJson.Right, EventJson.SenderOf(units: ["AMER", "APAC"])).Refused;

        Assert.Equal("unit-not-allowed", refused?.Reason);
        Assert.Equal("businessUnit: the key of samples may not speak for \"EMEA\", only for AMER, APAC", refused?.Message);
    }

    [Fact]
    public void A_key_with_one_unit_supplies_an_absent_one()
    {
        var silent = EventJson.With("data.businessUnit", null);

        Assert.Equal("AMER", EventJson.Read(silent, EventJson.SenderOf(units: ["AMER"])).Event!.BusinessUnit);
        Assert.Null(EventJson.Read(silent, EventJson.SenderOf(units: ["AMER", "APAC"])).Event!.BusinessUnit);
    }

    [Fact]
    public void A_key_uses_only_the_sources_it_was_given() =>
        Assert.Equal("source-not-allowed", EventJson.Read(EventJson.Right, EventJson.SenderOf(sources: ["urn:others"])).Refused?.Reason);

    [Fact]
    public void A_traceparent_gives_the_trace_and_a_broken_one_gives_none()
    {
        var good = EventJson.Read(EventJson.With("traceparent", "\"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\"")).Event!;
        var bad = EventJson.Read(EventJson.With("traceparent", "\"00-4bf9-00f067aa0ba902b7-01\"")).Event!;

        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", Convert.ToHexStringLower(good.TraceId!));
        Assert.Null(bad.TraceId);
    }

    [Fact]
    public void Extensions_without_a_column_are_kept()
    {
        var fact = EventJson.Read(EventJson.With("partitionkey", "\"p1\"")).Event!;

        Assert.Equal("{\"partitionkey\":\"p1\"}", fact.Extensions);
    }
}
