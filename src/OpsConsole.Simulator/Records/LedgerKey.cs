using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpsConsole.Simulator.Records;

/// <summary>An idempotency key that has made a record, with the body it came with and the answer it got.</summary>
internal sealed record LedgerKey(string Key, string BodyHash, string Type, string Id, string Answer, int Applied, int Seen)
{
    /// <summary>The header is a quoted string; a bare one is taken as well.</summary>
    public static string? Read(string? header) => string.IsNullOrWhiteSpace(header) ? null : header.Trim().Trim('"');

    /// <summary>Equal bodies have equal hashes, however their fields are ordered or spaced.</summary>
    public static string HashOf(JsonNode? body)
    {
        var text = new StringBuilder();
        Write(body, text);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Write(JsonNode? node, StringBuilder text)
    {
        switch (node)
        {
            case JsonObject fields:
                text.Append('{');
                foreach (var (name, value) in fields.OrderBy(field => field.Key, StringComparer.Ordinal))
                {
                    text.Append(name).Append('=');
                    Write(value, text);
                    text.Append(';');
                }

                text.Append('}');
                break;
            case JsonArray items:
                text.Append('[');
                foreach (var item in items)
                {
                    Write(item, text);
                    text.Append(';');
                }

                text.Append(']');
                break;
            case JsonValue number when number.GetValueKind() is JsonValueKind.Number && decimal.TryParse(
                number.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact):
                text.Append(exact.ToString("G29", CultureInfo.InvariantCulture));
                break;
            default:
                text.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }
}
