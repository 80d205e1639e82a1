using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpsConsole.Events;

/// <summary>Canonical attributes as JSON objects: later values replace earlier ones name by name.</summary>
internal static class AttributeSet
{
    public static string? Merge(IEnumerable<string?> inOrder)
    {
        string? before = null;
        OrderedDictionary<string, int>? last = null;
        var count = 0;
        foreach (var next in inOrder)
        {
            if (next is null || next == before)
            {
                continue;
            }

            if (before is not null)
            {
                last ??= new OrderedDictionary<string, int>(StringComparer.Ordinal) { [before] = count };
                last[next] = ++count;
            }

            before = next;
        }

        return last is null ? before : Merge(last);
    }

    // Each text is read once: where it stood first gives the names their order, where it stood last gives them their values.
    private static string Merge(OrderedDictionary<string, int> lastPlaces)
    {
        var merged = new JsonObject();
        var texts = lastPlaces.Select(text => (Values: Parse(text.Key), Last: text.Value)).ToList();
        foreach (var (name, _) in texts.SelectMany(text => text.Values))
        {
            merged[name] = null;
        }

        foreach (var (name, value) in texts.OrderBy(text => text.Last).SelectMany(text => text.Values))
        {
            merged[name] = value?.DeepClone();
        }

        return merged.ToJsonString();
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
