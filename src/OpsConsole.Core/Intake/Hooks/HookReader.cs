using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpsConsole.Intake.CloudEvents;
using OpsConsole.Sources;
using OpsConsole.Sources.Hooks;

namespace OpsConsole.Intake.Hooks;

/// <summary>
/// A vendor's web-hook → the CloudEvent that it stands for: its id is the web-hook's, its source the address it came to, its type the vendor's
/// event type, its data the body as it came. So everything that holds for events holds for it: mapping, quarantine, mending, duplicates.
/// </summary>
public sealed class HookReader(CloudEventReader events)
{
    private const string ActionField = "action";
    private static readonly string[] s_typeFields = ["type", "event_type", "eventType", "event", "topic"];

    /// <summary>The CloudEvents <c>source</c> of a registered source's web-hooks.</summary>
    public static string SourceOf(string name) => $"/v1/hooks/{name}";

    /// <param name="head">What it says of itself.</param>
    /// <param name="receivedAt">The time of an event whose data tells none, where the vendor signs no time.</param>
    /// <param name="body">A JSON object whose signature was checked.</param>
    /// <param name="sender">Whose web-hook it is.</param>
    public Outcome<Delivery> Read(HookHead head, DateTimeOffset receivedAt, ReadOnlyMemory<byte> body, Sender sender)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(sender);
        string? type;
        string id;
        try
        {
            var fields = Fields(body, head.IdField);
            type = head.Type is { } named ? string.Join('.', new[] { named, fields.GetValueOrDefault(ActionField) }.OfType<string>()) : Array.Find(s_typeFields, fields.ContainsKey) is { } field ? fields[field] : null;
            id = head.Id ?? fields.GetValueOrDefault(head.IdField) ?? $"sha256:{Convert.ToHexStringLower(SHA256.HashData(body.Span))}";
        }
        catch (JsonException failure)
        {
            return Refusal.Invalid("body", $"is not JSON at line {failure.LineNumber + 1}, byte {failure.BytePositionInLine + 1}; nothing of it was stored");
        }

        // An attempt differs from the one before in when it was sent; refused, the two stay one row all the same.
        byte[] same = [.. Encoding.UTF8.GetBytes($"{id}\0"), .. body.Span];
        return events.Structured(Wrap(id, type, head.SentAt ?? receivedAt, body, sender), sender, same);
    }

    // The strings at the top of the body that name its type, its id and what was done.
    private static Dictionary<string, string> Fields(ReadOnlyMemory<byte> body, string idField)
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
            if (name is not null && (name == idField || name == ActionField || s_typeFields.Contains(name)) && JsonText.TryRead(ref reader) is { Length: > 0 } text)
            {
                found[name] = text;
            }

            reader.Skip();
        }

        return found;
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
