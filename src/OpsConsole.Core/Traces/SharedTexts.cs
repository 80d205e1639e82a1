using System.Text.Json;

namespace OpsConsole.Traces;

/// <summary>What the spans of one trace have in common: thousands of spans name a handful of services, steps and resources, and each is kept once.</summary>
internal sealed class SharedTexts
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (JsonElement Said, string? Version)> _resources = new(StringComparer.Ordinal);

    public string Text(string text)
    {
        if (_texts.TryGetValue(text, out var known))
        {
            return known;
        }

        _texts[text] = text;
        return text;
    }

    /// <summary>A resource's attributes and its <c>service.version</c>.</summary>
    public (JsonElement Said, string? Version) Resource(string json)
    {
        if (!_resources.TryGetValue(json, out var resource))
        {
            resource.Said = JsonElement.Parse(json);
            resource.Version = SpanLine.Text(resource.Said, "service.version");
            _resources[json] = resource;
        }

        return resource;
    }
}
