using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using OpsConsole.Intake.CloudEvents;
using OpsConsole.Sources;

namespace OpsConsole.Intake.Hooks;

/// <summary>
/// A vendor's web-hook → the CloudEvent that it stands for: its id is the web-hook's, its source the address it came to, its type the vendor's
/// event type, its data the body as it came. So everything that holds for events holds for it: mapping, quarantine, mending, duplicates.
/// </summary>
public sealed class HookReader(CloudEventReader events)
{
    private static readonly string[] s_typeFields = ["type", "event_type", "eventType", "event", "topic"];

    /// <summary>The CloudEvents <c>source</c> of a registered source's web-hooks.</summary>
    public static string SourceOf(string name) => $"/v1/hooks/{name}";

    /// <param name="id"><c>webhook-id</c>: the same at every attempt.</param>
    /// <param name="sentAt"><c>webhook-timestamp</c>: of this attempt; the time of an event whose data tells none.</param>
    /// <param name="body">A JSON object whose signature was checked.</param>
    /// <param name="sender">Whose web-hook it is.</param>
    public Outcome<Delivery> Read(string id, DateTimeOffset sentAt, ReadOnlyMemory<byte> body, Sender sender)
    {
        ArgumentNullException.ThrowIfNull(sender);
        string? type;
        try
        {
            type = TypeOf(body);
        }
        catch (JsonException failure)
        {
            return Refusal.Invalid("body", $"is not JSON at line {failure.LineNumber + 1}, byte {failure.BytePositionInLine + 1}; nothing of it was stored");
        }

        // An attempt differs from the one before in when it was sent; refused, the two stay one row all the same.
        byte[] same = [.. Encoding.UTF8.GetBytes($"{id}\0"), .. body.Span];
        return events.Structured(Wrap(id, type, sentAt, body, sender), sender, same);
    }

    private static string? TypeOf(ReadOnlyMemory<byte> body)
    {
        // Syntax first, at any depth: what is too deep is quarantined, not refused.
        var scan = JsonScan.Of(body, elements: false);
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(scan.Readable.Span, JsonScan.AnyDepth);
        reader.Read();
        while (scan.Kind is JsonTokenType.StartObject && reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = JsonText.TryRead(ref reader);
            reader.Read();
            if (name is not null && s_typeFields.Contains(name) && JsonText.TryRead(ref reader) is { Length: > 0 } type)
            {
                found[name] = type;
            }

            reader.Skip();
        }

        return Array.Find(s_typeFields, found.ContainsKey) is { } field ? found[field] : null;
    }

    private static byte[] Wrap(string id, string? type, DateTimeOffset sentAt, ReadOnlyMemory<byte> body, Sender sender)
    {
        var buffer = new ArrayBufferWriter<byte>(body.Length + 256);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", id);
            json.WriteString("source", SourceOf(sender.Name));
            if (type is not null)
            {
                json.WriteString("type", type);
            }

            json.WriteString("recordedtime", sentAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            json.WritePropertyName("data");
            json.WriteRawValue(body.Span, skipInputValidation: true);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
