using System.Text.Json;

namespace OpsConsole.Events;

/// <summary>
/// Reads what an event's data says about names and links:
/// <c>{"aliases": [{"system": "stripe", "id": "in_1"}], "links": [{"type": "order", "id": "SO-9", "role": "bill-to"}], "operation": "merge", "mergedInto": {"type": "customer", "id": "C1"}}</c>.
/// </summary>
public static class SaidReader
{
    /// <exception cref="JsonException">The data is not JSON. Intake lets none of that in.</exception>
    public static void Read(Fact said, ICollection<SaidName> names, ICollection<SaidLink> links)
    {
        ArgumentNullException.ThrowIfNull(said);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(links);
        if (said.Said is null)
        {
            return;
        }

        using var data = JsonDocument.Parse(said.Said);
        var root = data.RootElement;
        foreach (var alias in Elements(root, "aliases"))
        {
            if (Text(alias, "system") is { } system && Text(alias, "id") is { } id && (system, id) != (said.System, said.EntityId))
            {
                names.Add(Name(said, NameKind.Alias, (said.EntityType, system, id), (said.EntityType, said.System, said.EntityId)));
            }
        }

        if (said.Operation is "merge" && root.TryGetProperty("mergedInto", out var into) && Text(into, "type") is { } intoType && Text(into, "id") is { } intoId)
        {
            names.Add(Name(said, NameKind.Merge, (said.EntityType, said.System, said.EntityId), (intoType, said.System, intoId)));
        }

        foreach (var link in Elements(root, "links"))
        {
            if (Text(link, "type") is { } type && Text(link, "id") is { } id)
            {
                links.Add(Link(said, type, id, Text(link, "role") ?? ""));
            }
        }
    }

    private static SaidName Name(Fact said, NameKind kind, (string Type, string System, string Id) name, (string Type, string System, string Id) target) => new()
    {
        Key = kind is NameKind.Alias ? Ids.OfName(name.Type, name.System, name.Id) : Ids.Key(["merge", name.Type, name.System, name.Id]),
        Kind = kind,
        SpokenKey = Ids.OfObject(name.Type, name.Id),
        Type = name.Type,
        System = name.System,
        Id = name.Id,
        TargetSpokenKey = Ids.OfObject(target.Type, target.Id),
        TargetType = target.Type,
        TargetSystem = target.System,
        TargetId = target.Id,
        Time = said.Order.Time,
        Source = said.Order.Source,
        Sequence = said.Order.Sequence,
        EventId = said.Order.Id,
    };

    private static SaidLink Link(Fact said, string type, string id, string role) => new()
    {
        Key = Ids.Key([said.System, said.EntityType, said.EntityId, type, id, role]),
        System = said.System,
        FromKey = said.SpokenKey,
        FromType = said.EntityType,
        FromId = said.EntityId,
        ToKey = Ids.OfObject(type, id),
        ToType = type,
        ToId = id,
        Role = role,
    };

    private static JsonElement.ArrayEnumerator Elements(JsonElement root, string name) =>
        root.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array ? list.EnumerateArray() : default;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
