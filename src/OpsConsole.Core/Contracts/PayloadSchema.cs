using System.Globalization;
using System.Text.Json;

namespace OpsConsole.Contracts;

/// <summary>The schema of a contract, read once: checks payloads, and knows what a form needs to know of each field.</summary>
public sealed class PayloadSchema
{
    public const int LongestText = 1 << 20;

    private const int Deepest = 6;

    private readonly SchemaNode _root;

    private readonly Lazy<Dictionary<string, FieldTags>> _names;

    private PayloadSchema(SchemaNode root, FieldClasses classes, bool hasIntake)
    {
        (_root, Classes, HasIntake) = (root, classes, hasIntake);
        _names = new(() => Names(Whole, 0, new(StringComparer.OrdinalIgnoreCase)));
    }

    /// <summary>What some field of it is.</summary>
    public FieldClasses Classes { get; }

    /// <summary>Something becomes of some field of it before it is stored.</summary>
    public bool HasIntake { get; }

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
            return json.RootElement.ValueKind is JsonValueKind.Object ? new PayloadSchema(SchemaReader.Read(json.RootElement), Said(json.RootElement), schema.Contains("\"x-oc-intake\"", StringComparison.Ordinal)) : Refusal.Invalid("schema", "must be an object");
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

    /// <summary>Where a payload holds something of these classes, the outermost place of each.</summary>
    public IEnumerable<string> Places(JsonElement payload, FieldClasses classes) => (Classes & classes) is not 0 ? Places(Whole, payload, classes) : [];

    /// <summary>What a field, or an attribute in the ownership matrix, of that name is wherever it stands: for what repeats a payload in another shape.</summary>
    public FieldClasses ClassesOf(string name) => Classes is 0 ? 0 : _names.Value.GetValueOrDefault(name)?.Classes ?? 0;

    /// <summary>The same of what becomes of it before it is stored.</summary>
    internal IntakeRule IntakeOf(string name) => HasIntake ? _names.Value.GetValueOrDefault(name)?.Intake ?? IntakeRule.Keep : IntakeRule.Keep;

    /// <summary>Where something becomes of what a payload holds, the outermost place of each.</summary>
    internal IEnumerable<(string Pointer, IntakeRule Rule)> IntakePlaces(JsonElement payload) => HasIntake ? Intake(Whole, payload) : [];

    private FieldRule Whole => new("", "", [.. _root.Views()], _root.Tags, false);

    private static IEnumerable<string> Places(FieldRule rule, JsonElement value, FieldClasses classes) => value.ValueKind switch
    {
        JsonValueKind.Null => [],
        _ when (rule.Tags.Classes & classes) is not 0 => [rule.Pointer],
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Below(rule, member.Name, member.Value, classes)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany((element, i) => Below(rule, i.ToString(CultureInfo.InvariantCulture), element, classes)),
        _ => [],
    };

    private static IEnumerable<string> Below(FieldRule rule, string name, JsonElement value, FieldClasses classes) =>
        rule.Below(name, JsonPointer.Below(rule.Pointer, name)) is { } next ? Places(next, value, classes) : [];

    private static IEnumerable<(string Pointer, IntakeRule Rule)> Intake(FieldRule rule, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => [],
        _ when rule.Tags.Intake is not IntakeRule.Keep => [(rule.Pointer, rule.Tags.Intake)],
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => rule.Below(member.Name, JsonPointer.Below(rule.Pointer, member.Name)) is { } next ? Intake(next, member.Value) : []),
        JsonValueKind.Array => value.EnumerateArray().SelectMany((one, i) => rule.Below(i.ToString(CultureInfo.InvariantCulture), $"{rule.Pointer}/{i}") is { } next ? Intake(next, one) : []),
        _ => [],
    };

    private static Dictionary<string, FieldTags> Names(FieldRule rule, int depth, Dictionary<string, FieldTags> names)
    {
        foreach (var name in new[] { rule.Name, rule.Tags.Attribute }.OfType<string>())
        {
            names[name] = names.GetValueOrDefault(name, FieldTags.None).Or(rule.Tags);
        }

        foreach (var child in depth < Deepest ? rule.Children.Append(rule.Element).OfType<FieldRule>() : [])
        {
            Names(child, depth + 1, names);
        }

        return names;
    }

    private static FieldClasses Said(JsonElement schema) => schema.ValueKind switch
    {
        JsonValueKind.Object => schema.EnumerateObject().Aggregate(FieldClasses.None, (sum, member) => sum | Said(member.Value) | member.Name switch
        {
            "x-oc-personal" => FieldClasses.Personal,
            "x-oc-financial" => FieldClasses.Financial,
            "x-oc-secret" => FieldClasses.Secret,
            "x-oc-intake" when member.Value.ValueKind is JsonValueKind.String && member.Value.ValueEquals("encrypt") => FieldClasses.Secret,
            _ => FieldClasses.None,
        }),
        JsonValueKind.Array => schema.EnumerateArray().Aggregate(FieldClasses.None, (sum, element) => sum | Said(element)),
        _ => FieldClasses.None,
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

    /// <summary>What each element of a list is, under the list's own name; nothing: it is no list.</summary>
    internal FieldRule? Element => Types.HasFlag(SchemaTypes.List) && Below("0", Pointer) is { } one ? new FieldRule(Pointer, Name, one._views, one.Tags, false) : null;

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
