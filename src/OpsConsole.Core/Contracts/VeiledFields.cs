using System.Text.Json.Nodes;
using OpsConsole.Storage;

namespace OpsConsole.Contracts;

/// <summary>Which fields some contract hides from a reader, in payloads and in what repeats them in another shape. Asked for the same places thousands of times, so each answer is kept.</summary>
internal sealed class VeiledFields(IReadOnlyList<PayloadSchema> schemas, FieldClasses hidden)
{
    public static readonly VeiledFields None = new([], FieldClasses.None);

    private readonly Dictionary<string, bool> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Nothing is hidden.</summary>
    public bool IsThin => schemas.Count == 0;

    /// <summary>Those of the contracts in force for objects of a type, whatever their target.</summary>
    /// <param name="db">Has the contracts.</param>
    /// <param name="shelf">Has their schemas.</param>
    /// <param name="objectType">Nothing: of any type.</param>
    /// <param name="hidden">What the reader may not see.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<VeiledFields> Of(OpsDb db, ContractShelf shelf, string? objectType, FieldClasses hidden, CancellationToken cancellationToken)
    {
        var schemas = new List<PayloadSchema>();
        foreach (var contract in (await ContractShelf.All(db, cancellationToken)).Where(contract => objectType is null || contract.ObjectType is null || contract.ObjectType == objectType))
        {
            schemas.Add((await shelf.Open(db, contract, cancellationToken))!.Schema);
        }

        return new VeiledFields(schemas.FindAll(schema => (schema.Classes & hidden) is not 0), hidden);
    }

    /// <summary>The field at this place of a payload is hidden.</summary>
    public bool Holds(string pointer)
    {
        if (IsThin)
        {
            return false;
        }

        if (!_places.TryGetValue(pointer, out var held))
        {
            _places[pointer] = held = schemas.Any(schema => (schema.Field(pointer)?.Tags.Classes & hidden) is not (null or FieldClasses.None));
        }

        return held;
    }

    /// <summary>A field of that name is hidden, wherever it stands.</summary>
    public bool Names(string name)
    {
        if (IsThin)
        {
            return false;
        }

        if (!_names.TryGetValue(name, out var named))
        {
            _names[name] = named = schemas.Any(schema => (schema.ClassesOf(name) & hidden) is not 0);
        }

        return named;
    }

    /// <summary>A value in JSON that stands under this name, with dots for what is hidden in it.</summary>
    public string Over(string name, string json)
    {
        if (IsThin || json is "null")
        {
            return json;
        }

        return Names(name) ? JsonEdit.Quote(FieldVeil.Dots)
            : json[0] is '{' or '[' && JsonNode.Parse(json) is { } node && Veil(node) ? node.ToJsonString()
            : json;
    }

    /// <summary>What a field says, for one who may not see what.</summary>
    public string Over(string text) => schemas.Aggregate(text, (said, schema) => new FieldVeil(schema, hidden).Over(said)!);

    // In place; true when something was hidden.
    private bool Veil(JsonNode node)
    {
        var veiled = false;
        foreach (var (name, value) in node is JsonObject members ? members.ToList() : [])
        {
            if (value is not null && Names(name))
            {
                node[name] = FieldVeil.Dots;
                veiled = true;
            }
            else if (value is not null)
            {
                veiled |= Veil(value);
            }
        }

        foreach (var element in node is JsonArray elements ? elements.OfType<JsonNode>().ToList() : [])
        {
            veiled |= Veil(element);
        }

        return veiled;
    }
}
