using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpsConsole.Events;

/// <summary>Canonical attributes as JSON objects: later values replace earlier ones name by name.</summary>
internal static class AttributeSet
{
    public static string? Merge(IEnumerable<string?> inOrder)
    {
        string? only = null;
        JsonObject? merged = null;
        foreach (var next in inOrder)
        {
            if (next is null || next == only)
            {
                continue;
            }

            if (only is null)
            {
                only = next;
                continue;
            }

            merged ??= Parse(only);
            foreach (var (name, value) in Parse(next))
            {
                merged[name] = value?.DeepClone();
            }

            only = next;
        }

        return merged?.ToJsonString() ?? only;
    }

    /// <summary>The values by name, as JSON text, in name order.</summary>
    public static SortedDictionary<string, string> Values(string? json)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (json is null)
        {
            return values;
        }

        using var document = JsonDocument.Parse(json);
        foreach (var property in document.RootElement.EnumerateObject())
        {
            values[property.Name] = property.Value.GetRawText();
        }

        return values;
    }

    /// <summary>A text attribute, or nothing.</summary>
    public static string? Text(string? json, string name)
    {
        if (json is null || !json.Contains(name, StringComparison.Ordinal))
        {
            return null;
        }

        using var document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
