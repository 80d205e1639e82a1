using System.Globalization;
using System.Text.Json;

namespace OpsConsole.Contracts;

/// <summary>The schema of a contract, read once: checks payloads, and knows what a form needs to know of each field.</summary>
public sealed class PayloadSchema
{
    public const int LongestText = 1 << 20;

    private readonly SchemaNode _root;

    private PayloadSchema(SchemaNode root, bool hasSecrets) => (_root, HasSecrets) = (root, hasSecrets);

    /// <summary>Some field of it is secret.</summary>
    public bool HasSecrets { get; }

    /// <summary>Reads a JSON Schema of draft 2020-12. Refused: what is none, keywords that are not checked here, and references out of it.</summary>
    public static Outcome<PayloadSchema> Read(string schema)
    {
        if (schema.Length is 0 or > LongestText)
        {
            return Refusal.Invalid("schema", "must be a JSON Schema of at most 1 MiB");
        }

        try
        {
            using var json = JsonDocument.Parse(schema, new JsonDocumentOptions { MaxDepth = JsonEdit.MaxDepth });
            return json.RootElement.ValueKind is JsonValueKind.Object ? new PayloadSchema(SchemaReader.Read(json.RootElement), Says(json.RootElement, "x-oc-secret")) : Refusal.Invalid("schema", "must be an object");
        }
        catch (JsonException failure)
        {
            return Refusal.Invalid("schema", $"is not JSON, see line {failure.LineNumber + 1}, column {failure.BytePositionInLine + 1}");
        }
        catch (SchemaUnreadable failure)
        {
            return Refusal.Invalid($"schema{failure.Pointer}", failure.Wanted);
        }
    }

    /// <summary>Every fault with its place; none: it fits.</summary>
    public IReadOnlyList<SchemaFault> Check(JsonElement payload) => SchemaCheck.Of(_root, payload);

    /// <summary>What the contract says of the field at a pointer; nothing: it does not name it.</summary>
    public FieldRule? Field(string pointer)
    {
        if (JsonPointer.Read(pointer) is not { Length: > 0 } names)
        {
            return null;
        }

        var (at, field) = ("", Whole);
        foreach (var name in names)
        {
            at = JsonPointer.Below(at, name);
            if (field.Below(name, at) is not { } next)
            {
                return null;
            }

            field = next;
        }

        return field;
    }

    /// <summary>The fields of the top, in the contract's order.</summary>
    public IReadOnlyList<FieldRule> Fields => Whole.Children;

    /// <summary>Where a payload holds something that is secret, the outermost place of each.</summary>
    public IEnumerable<string> SecretPlaces(JsonElement payload) => HasSecrets ? SecretPlaces(Whole, payload) : [];

    private FieldRule Whole => new("", "", [.. _root.Views()], _root.Tags, false);

    private static IEnumerable<string> SecretPlaces(FieldRule rule, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => [],
        _ when rule.Tags.Secret => [rule.Pointer],
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Below(rule, member.Name, member.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany((element, i) => Below(rule, i.ToString(CultureInfo.InvariantCulture), element)),
        _ => [],
    };

    private static IEnumerable<string> Below(FieldRule rule, string name, JsonElement value) =>
        rule.Below(name, JsonPointer.Below(rule.Pointer, name)) is { } next ? SecretPlaces(next, value) : [];

    private static bool Says(JsonElement schema, string keyword) => schema.ValueKind switch
    {
        JsonValueKind.Object => schema.EnumerateObject().Any(member => member.NameEquals(keyword) || Says(member.Value, keyword)),
        JsonValueKind.Array => schema.EnumerateArray().Any(element => Says(element, keyword)),
        _ => false,
    };
}

/// <summary>What a contract says of one field.</summary>
public sealed class FieldRule
{
    private readonly IReadOnlyList<SchemaNode> _views;

    internal FieldRule(string pointer, string name, IReadOnlyList<SchemaNode> views, FieldTags tags, bool required) =>
        (Pointer, Name, _views, Tags, Required) = (pointer, name, views, tags, required);

    public string Pointer { get; }

    public string Name { get; }

    /// <summary>Its own and, where it says nothing, those of what it stands in.</summary>
    public FieldTags Tags { get; }

    public bool Required { get; }

    public string? Title => First(node => node.Title);

    public string? Description => First(node => node.Description);

    public SchemaTypes Types => _views.Select(node => node.Types).FirstOrDefault(types => types is not SchemaTypes.None);

    public bool Nullable => Types is SchemaTypes.None || Types.HasFlag(SchemaTypes.Null);

    public string? Format => First(node => node.Format);

    /// <summary>A bound as the contract writes it: <c>minimum</c>, <c>maxLength</c>, <c>pattern</c>; nothing: none.</summary>
    public string? Said(string keyword) => First(node => node.Said.GetValueOrDefault(keyword));

    /// <summary>The values of <c>enum</c> as JSON; nothing: any.</summary>
    public IReadOnlyList<string>? Enum => First(node => node.Enum)?.Select(value => value.GetRawText()).ToList();

    /// <summary>The fields of an object, in the contract's order.</summary>
    public IReadOnlyList<FieldRule> Children =>
        [.. _views.SelectMany(view => view.Properties).Select(known => known.Key).Distinct(StringComparer.Ordinal).Select(name => Below(name, JsonPointer.Below(Pointer, name))!)];

    /// <summary>The field, or element, of this name; nothing: the contract does not name it.</summary>
    public FieldRule? Below(string name, string pointer)
    {
        var found = _views.SelectMany(view => view.Properties).Where(known => known.Key == name).Select(known => known.Value).ToList();
        if (found.Count == 0)
        {
            found = [.. _views.SelectMany(view => view.PatternProperties).Where(known => known.Name.IsMatch(name)).Select(known => known.Node)];
        }

        if (found.Count == 0 && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            found = [.. _views.Select(view => index < view.PrefixItems.Count ? view.PrefixItems[index] : view.Items).OfType<SchemaNode>()];
        }

        if (found.Count == 0)
        {
            found = [.. _views.Select(view => view.AdditionalProperties).OfType<SchemaNode>().Where(node => node.Always is null)];
        }

        var views = found.SelectMany(node => node.Views()).ToList();
        var own = views.Select(view => view.Tags).Aggregate(FieldTags.None, (sum, tags) => sum.Or(tags));
        return views.Count == 0 ? null : new FieldRule(pointer, name, views, Tags.Below(own), _views.Any(view => view.Required.Contains(name, StringComparer.Ordinal)));
    }

    private T? First<T>(Func<SchemaNode, T?> read)
        where T : class => _views.Select(read).FirstOrDefault(said => said is not null);
}
