using System.Buffers;
using System.Globalization;
using System.Text.Json;
using OpsConsole.Intake.CloudEvents;

namespace OpsConsole.Intake.Mappings;

/// <summary>What a mapped event says, as a sync event says it: the event as it came stands in it as its payload, byte for byte.</summary>
internal sealed record Said(string Id, DateTimeOffset Time, ReadOnlyMemory<byte> Data);

/// <summary>Says with the fields of <c>opsconsole.sync.v1</c> what an event of another type means, so that the same rules check it and the same folds read it.</summary>
internal static class Translation
{
    private const string Failed = "failed";
    private const long FirstMilliseconds = 100_000_000_000;

    /// <param name="mapping">What stands where.</param>
    /// <param name="version">Its version, kept with the fact.</param>
    /// <param name="envelope">The event; its data is JSON whose depth and texts were checked.</param>
    /// <param name="receivedAt">The time of an event that tells none.</param>
    /// <param name="sender">Who speaks when the mapping names no system.</param>
    /// <param name="faults">Takes what is wrong; then there is nothing.</param>
    public static Said? Of(MappingDefinition mapping, int version, Envelope envelope, DateTimeOffset receivedAt, string sender, Faults faults)
    {
        using var data = JsonDocument.Parse(envelope.Data, new JsonDocumentOptions { MaxDepth = 1_000 });
        var picker = new Picker(mapping.Name, envelope, data.RootElement, faults);
        var time = Time(picker.Text(mapping.Time, "time"), envelope, receivedAt, faults);
        var id = picker.Text(mapping.Id, "id") ?? envelope.Id!;
        var buffer = new ArrayBufferWriter<byte>(envelope.Data.Length + 512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            Write(json, mapping, picker, envelope, sender, faults);
            json.WriteStartObject("mapping");
            json.WriteString("name", mapping.Name);
            json.WriteNumber("version", version);
            json.WriteEndObject();
            json.WritePropertyName("payload");
            json.WriteRawValue(envelope.Data.Span, skipInputValidation: true);
            json.WriteEndObject();
        }

        return faults.Any ? null : new Said(id, time, buffer.WrittenMemory);
    }

    private static void Write(Utf8JsonWriter json, MappingDefinition mapping, Picker picker, Envelope envelope, string sender, Faults faults)
    {
        json.WriteStartObject("entity");
        Put(json, "type", picker.Needed(mapping.EntityType, "entity.type"));
        Put(json, "id", picker.Needed(mapping.EntityId, "entity.id"));
        json.WriteEndObject();
        Put(json, "system", picker.Text(mapping.System, "system") ?? sender);
        Put(json, "operation", picker.Text(mapping.Operation, "operation"));
        var outcome = picker.Text(mapping.Outcome, "outcome");
        Put(json, "outcome", outcome);
        Put(json, "state", picker.Text(mapping.State, "state"));
        Put(json, "businessUnit", picker.Text(mapping.BusinessUnit, "businessUnit"));
        Put(json, "legalEntity", picker.Text(mapping.LegalEntity, "legalEntity"));
        Put(json, "region", picker.Text(mapping.Region, "region"));
        Version(json, picker.Text(mapping.Version, "version"), faults);
        Money(json, mapping, picker, faults);
        if (outcome is Failed)
        {
            Error(json, mapping, picker, envelope);
        }

        Links(json, mapping.Links ?? [], picker);
    }

    private static void Version(Utf8JsonWriter json, string? version, Faults faults)
    {
        if (version is null)
        {
            return;
        }

        if (!long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            faults.Add("version-unreadable", "version", $"must be an integer of zero or more, is {Faults.Quote(version)}");
            return;
        }

        json.WriteNumber("version", number);
    }

    private static void Money(Utf8JsonWriter json, MappingDefinition mapping, Picker picker, Faults faults)
    {
        var amount = picker.Text(mapping.Amount, "amount");
        var currency = picker.Text(mapping.Currency, "currency")?.ToUpperInvariant();
        if (amount is null)
        {
            return;                 // a currency alone says nothing
        }

        if (mapping.Amount!.MinorUnits && currency is not null)
        {
            if (!decimal.TryParse(amount, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var minor))
            {
                faults.Add("amount-unreadable", "amount", $"must be a whole number of the currency's smallest unit, is {Faults.Quote(amount)}");
                return;
            }

            amount = (minor / (decimal)Math.Pow(10, Basics.Money.Decimals(currency))).ToString(CultureInfo.InvariantCulture);
        }

        Put(json, "amount", amount);
        Put(json, "currency", currency);
    }

    private static void Error(Utf8JsonWriter json, MappingDefinition mapping, Picker picker, Envelope envelope)
    {
        json.WriteStartObject("error");
        Put(json, "code", picker.Text(mapping.ErrorCode, "error.code") ?? envelope.Type);
        Put(json, "category", picker.Text(mapping.ErrorCategory, "error.category"));
        Put(json, "message", picker.Text(mapping.ErrorMessage, "error.message"));
        Put(json, "attribute", picker.Text(mapping.ErrorAttribute, "error.attribute"));
        json.WriteEndObject();
    }

    private static void Links(Utf8JsonWriter json, IReadOnlyList<MappedLink> links, Picker picker)
    {
        json.WriteStartArray("links");
        foreach (var (link, i) in links.Select((link, i) => (link, i)))
        {
            if (picker.Text(link.Id, $"links[{i}].id") is { Length: > 0 } id)
            {
                json.WriteStartObject();
                Put(json, "type", picker.Text(link.Type, $"links[{i}].type"));
                Put(json, "id", id);
                Put(json, "role", picker.Text(link.Role, $"links[{i}].role"));
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static DateTimeOffset Time(string? told, Envelope envelope, DateTimeOffset receivedAt, Faults faults)
    {
        if (decimal.TryParse(told, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 10 * (decimal)FirstMilliseconds)
        {
            var milliseconds = (long)(seconds < FirstMilliseconds ? seconds * 1000 : seconds);
            return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        }

        return (told ?? envelope.Time ?? envelope.RecordedTime) is { } text ? EventTime.Read(text, faults) ?? default : receivedAt;
    }

    private static void Put(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
