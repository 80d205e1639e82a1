using System.Text.Json;
using OpsConsole.Contracts;

namespace OpsConsole.Cases.Differences;

/// <summary>
/// One object as far as it is compared: what was said of it, cut into fields. Fields stand in groups (payload, attributes, what another system
/// says); a field can only be lacking where its group is there at all.
/// </summary>
internal sealed class Specimen
{
    /// <summary>The group of what every object has.</summary>
    public const string Plain = "";

    /// <summary>The groups of what is said of the object here, besides what every object has: that they are absent says how, not why.</summary>
    private static readonly string[] s_own = ["payload", "attributes", "resource"];

    private const int MostFields = 300;
    private const int Deepest = 3;
    private const int LongestValue = 60;

    // What a failure says only because it is one, and what names the object itself, tells nothing about why.
    private static readonly HashSet<string> s_left = new(StringComparer.Ordinal)
    {
        "entity", "aliases", "system", "operation", "outcome", "state", "version", "links", "error", "idempotencyKey", "replayTarget", "amount", "businessUnit", "legalEntity", "region", "currency", "mergedInto",
    };

    private readonly Dictionary<(string Group, string Name), string?> _fields = [];

    public HashSet<string> Groups { get; } = new(StringComparer.Ordinal) { Plain };

    /// <summary>Field to its value; nothing where it has one that is too long, or no single one.</summary>
    public IReadOnlyDictionary<(string Group, string Name), string?> Fields => _fields;

    /// <summary>At risk, in the reporting currency.</summary>
    public decimal Worth { get; init; }

    /// <summary>Of these fields it is compared whether they are there, and no more.</summary>
    public VeiledFields Secret { get; init; } = VeiledFields.None;

    /// <summary>The objects that it speaks of, when there may be several or none.</summary>
    public IReadOnlyList<Guid> Objects { get; init; } = [];

    public static bool IsOwn(string group) => s_own.Contains(group, StringComparer.Ordinal);

    public Specimen With(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _fields[(Plain, name)] = value;
        }

        return this;
    }

    /// <summary>An event's data: its payload, its attributes, the types of its links, and whatever else stands in it.</summary>
    public Specimen WithData(byte[]? data)
    {
        if (data is null)
        {
            return this;
        }

        using var document = JsonDocument.Parse(data);
        if (document.RootElement.ValueKind is not JsonValueKind.Object)
        {
            return this;
        }

        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.Name is "payload" or "attributes" && property.Value.ValueKind is JsonValueKind.Object)
            {
                Groups.Add(property.Name);
                Take(property.Name, "", property.Value, 0, property.Name is "payload" ? "" : null);
            }
            else if (property.Name is "links")
            {
                Links(property.Value);
            }
            else if (!s_left.Contains(property.Name) && property.Name is not "payload")
            {
                Take(Plain, property.Name, property.Value, 0);
            }
        }

        return this;
    }

    /// <summary>A JSON object under a group of its own: what another system says, the event's extensions, a span's attributes.</summary>
    /// <param name="group">Its name.</param>
    /// <param name="json">The object; nothing: nothing was said.</param>
    /// <param name="but">Names of its own that are left out.</param>
    public Specimen WithGroup(string group, string? json, Func<string, bool>? but = null)
    {
        if (json is null)
        {
            return this;
        }

        Groups.Add(group);
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind is JsonValueKind.Object)
        {
            foreach (var property in document.RootElement.EnumerateObject().Where(property => but?.Invoke(property.Name) is not true))
            {
                Take(group, property.Name, property.Value, 1);
            }
        }

        return this;
    }

    // One customer, one order: which one it is may be the reason.
    private void Links(JsonElement links)
    {
        if (links.ValueKind is not JsonValueKind.Array)
        {
            return;
        }

        Groups.Add("links");
        foreach (var link in links.EnumerateArray())
        {
            if (link.ValueKind is JsonValueKind.Object && link.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String)
            {
                var id = link.TryGetProperty("id", out var said) && said.ValueKind is JsonValueKind.String ? said.GetString() : null;
                var field = ("links", type.GetString()!);
                _fields[field] = _fields.ContainsKey(field) ? null : id;
            }
        }
    }

    // The pointer leads through the payload; elsewhere there is none.
    private void Take(string group, string name, JsonElement value, int depth, string? pointer = null)
    {
        if (_fields.Count >= MostFields)
        {
            return;
        }

        switch (value.ValueKind)
        {
            case not (JsonValueKind.Null or JsonValueKind.Undefined) when pointer is not null ? Secret.Holds(pointer) : Secret.Names(name[(name.LastIndexOf('.') + 1)..]):
                _fields[(group, name)] = null;
                break;
            case JsonValueKind.Object when depth < Deepest:
                foreach (var property in value.EnumerateObject())
                {
                    Take(group, name.Length == 0 ? property.Name : $"{name}.{property.Name}", property.Value, depth + 1, pointer is null ? null : JsonPointer.Below(pointer, property.Name));
                }

                break;
            case JsonValueKind.Array:
                _fields[(group, name)] = value.GetArrayLength() == 0 ? "none" : null;
                break;
            case JsonValueKind.String when value.GetString() is { } text && !string.IsNullOrWhiteSpace(text):
                _fields[(group, name)] = text.Length <= LongestValue ? text : null;
                break;
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                _fields[(group, name)] = value.GetRawText() is { Length: <= LongestValue } raw ? raw : null;
                break;
        }
    }
}
