using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpsConsole.Web.Cases;

/// <summary>A field of a payload's top level, as a form shows it.</summary>
/// <param name="Name">As the payload writes it.</param>
/// <param name="Text">Its value as text; empty for null.</param>
/// <param name="Kind">What it was; a changed value stays of that kind where it can.</param>
public sealed record PayloadField(string Name, string Text, JsonValueKind Kind);

/// <summary>A payload as a form: its plain top-level fields, so that a steward repairs a value and not a document. What is nested stays as it is.</summary>
public static class PayloadForm
{
    private static readonly JsonSerializerOptions s_pretty = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Nothing when the payload is not an object: then only the text can be edited.</summary>
    public static IReadOnlyList<PayloadField>? Fields(string payload)
    {
        if (Parse(payload) is not { } root)
        {
            return null;
        }

        return [.. from property in root where Plain(property.Value) select new PayloadField(property.Key, Text(property.Value), Kind(property.Value))];
    }

    /// <summary>How many top-level fields hold more than one value.</summary>
    public static int Nested(string payload) => Parse(payload)?.Count(property => !Plain(property.Value)) ?? 0;

    /// <summary>The payload with one field set. Numbers stay numbers when the text is one; an emptied field becomes null where it was null or a number before.</summary>
    public static string Set(string payload, string name, string text, JsonValueKind was)
    {
        if (Parse(payload) is not { } root)
        {
            return payload;
        }

        root[name] = was switch
        {
            JsonValueKind.Number when IsNumber(text) => JsonNode.Parse(text),
            JsonValueKind.Number or JsonValueKind.Null or JsonValueKind.Undefined when text.Length == 0 => null,
            JsonValueKind.True or JsonValueKind.False when bool.TryParse(text, out var flag) => JsonValue.Create(flag),
            _ => JsonValue.Create(text),
        };
        return root.ToJsonString(s_pretty).ReplaceLineEndings("\n");
    }

    private static bool IsNumber(string text)
    {
        try
        {
            return JsonNode.Parse(text)?.GetValueKind() is JsonValueKind.Number;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Plain(JsonNode? value) => value is null or JsonValue;

    private static JsonValueKind Kind(JsonNode? value) => value?.GetValueKind() ?? JsonValueKind.Null;

    private static string Text(JsonNode? value) => value switch
    {
        null => "",
        JsonValue text when text.GetValueKind() is JsonValueKind.String => text.GetValue<string>(),
        _ => value.ToJsonString(),
    };

    private static JsonObject? Parse(string payload)
    {
        try
        {
            return JsonNode.Parse(payload) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
