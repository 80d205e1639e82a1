using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using OpsConsole.Intake.CloudEvents;
using OpsConsole.Replay.Targets;
using OpsConsole.Sources;
using RabbitMQ.Client;

namespace OpsConsole.Intake.Rabbit;

/// <summary>
/// A dead letter → one failed event, with the message as its payload and everything around it as <c>letter</c>, so that its replay is the same message again. It goes
/// in like any other event, so it is a fact.
/// </summary>
internal sealed class DeadLetterReader(CloudEventReader reader, TimeProvider clock)
{
    private static readonly string[] s_codes = ["x-exception-type", "NServiceBus.ExceptionInfo.ExceptionType", "MT-Fault-ExceptionType", "x-error-code"];
    private static readonly string[] s_messages = ["x-exception-message", "NServiceBus.ExceptionInfo.Message", "MT-Fault-Message", "x-error-message"];

    public Delivery Read(DeadLetterQueue queue, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, Sender sender)
    {
        var death = Death.Of(properties, queue.Queue);
        var bytes = new ArrayBufferWriter<byte>(body.Length + 1_024);
        using (var json = new Utf8JsonWriter(bytes))
        {
            Write(json, queue, properties, body.Span, death);
        }

        // It was made here: what is wrong with it is wrong with one field, and that is kept in the quarantine.
        return reader.Structured(bytes.WrittenMemory, sender).Value!;
    }

    private void Write(Utf8JsonWriter json, DeadLetterQueue queue, IReadOnlyBasicProperties properties, ReadOnlySpan<byte> body, Death death)
    {
        var content = Content.Of(body);
        var id = Identity(properties, body, death);
        json.WriteStartObject();
        json.WriteString("specversion", "1.0");
        json.WriteString("id", $"{id}/{death.Time?.ToUnixTimeSeconds() ?? 0}/{death.Count}");
        json.WriteString("source", $"urn:rabbitmq:{Uri.EscapeDataString(queue.Queue)}");
        json.WriteString("type", "opsconsole.sync.v1");
        json.WriteString("time", (death.Time ?? clock.GetUtcNow()).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        json.WriteStartObject("data");
        WriteWhat(json, queue, properties, content, death, id);
        json.WritePropertyName("payload");
        content.WritePayload(json);
        json.WriteString("idempotencyKey", id);
        if (death.Place is { } place)
        {
            json.WriteString("replayTarget", RabbitMqTarget.NameOf(queue.Queue));
            json.WritePropertyName("letter");
            json.WriteRawValue(new Letter
            {
                Exchange = place.Exchange, RoutingKey = place.RoutingKey, Binary = content.Text is null, Properties = Letter.PropertiesOf(properties),
                Headers = AmqpValue.ToJson(properties.Headers ?? new Dictionary<string, object?>()),
            }.ToJson());
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteWhat(Utf8JsonWriter json, DeadLetterQueue queue, IReadOnlyBasicProperties properties, Content content, Death death, string id)
    {
        var about = queue is { EntityType: { } type, EntityId: { } field } && (content.Field(field) ?? Header(properties, field)) is { Length: > 0 } found ? (Type: type, Id: found) : (Type: "message", Id: id);
        json.WriteStartObject("entity");
        json.WriteString("type", about.Type);
        json.WriteString("id", about.Id);
        json.WriteEndObject();
        json.WriteString("system", queue.System);
        json.WriteString("operation", queue.Operation ?? death.Place?.RoutingKey ?? queue.Queue);
        json.WriteString("outcome", "failed");
        json.WriteString("state", "dead-lettered");
        if (queue.BusinessUnit is { } unit)
        {
            json.WriteString("businessUnit", unit);
        }

        if (queue.Amount is { } amountField && content.Field(amountField) is { } amount && queue.Currency is { } currency && (content.Field(currency) ?? currency) is { Length: 3 } code)
        {
            json.WriteString("amount", amount);
            json.WriteString("currency", code);
        }

        json.WriteStartObject("error");
        json.WriteString("code", s_codes.Select(name => Header(properties, name)).FirstOrDefault(text => text is { Length: > 0 }) ?? $"DEAD_LETTER_{death.Reason.ToUpperInvariant()}");
        json.WriteString("category", death.Reason is "expired" ? "timeout" : "unknown");
        json.WriteString("message", s_messages.Select(name => Header(properties, name)).FirstOrDefault(text => text is { Length: > 0 }) ?? death.Say());
        json.WriteEndObject();
    }

    // Without an id of its own a message is told from others by what it is and when it died: a redelivery after a crash is the same again.
    private static string Identity(IReadOnlyBasicProperties properties, ReadOnlySpan<byte> body, Death death)
    {
        if (properties.IsMessageIdPresent() && properties.MessageId is { Length: > 0 and <= 200 } id)
        {
            return id;
        }

        Span<byte> hash = stackalloc byte[32];
        Ids.Sha256(body, hash);
        return string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(hash[..12])}-{death.Time?.ToUnixTimeSeconds() ?? 0}-{death.Count}");
    }

    private static string? Header(IReadOnlyBasicProperties properties, string name) =>
        properties.Headers is { } headers && headers.TryGetValue(name, out var value) ? AmqpValue.Read(value) : null;

    /// <summary>The body as text where it is some, and its fields where it is a JSON object.</summary>
    private sealed record Content(string? Text, JsonElement? Json, byte[] Bytes)
    {
        public static Content Of(ReadOnlySpan<byte> body)
        {
            var bytes = body.ToArray();
            if (!System.Text.Unicode.Utf8.IsValid(body) || body.Contains((byte)0))
            {
                return new Content(null, null, bytes);
            }

            var text = Encoding.UTF8.GetString(body);
            try
            {
                using var parsed = JsonDocument.Parse(bytes);
                return new Content(text, parsed.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? parsed.RootElement.Clone() : null, bytes);
            }
            catch (JsonException)
            {
                return new Content(text, null, bytes);
            }
        }

        /// <summary>A plain field's text.</summary>
        public string? Field(string name) => Json is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(name, out var value)
            ? value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Number => value.GetRawText(), _ => null }
            : null;

        /// <summary>JSON byte for byte; text as text; anything else in base64.</summary>
        public void WritePayload(Utf8JsonWriter json)
        {
            if (Json is not null)
            {
                json.WriteRawValue(Bytes);
            }
            else if (Text is not null)
            {
                json.WriteStringValue(Text);
            }
            else
            {
                json.WriteStringValue(Convert.ToBase64String(Bytes));
            }
        }
    }
}
