using System.Globalization;
using System.Text.Json;
using OpsConsole.Cases;
using OpsConsole.Contracts;

namespace OpsConsole.Replay;

/// <summary>Makes the rows of a repair form: by the contract where there is one, else by what the payload holds.</summary>
internal sealed class FormBuilder(RepairBasis basis, ExceptionCase @case, FormTexts texts, JsonElement body, IReadOnlyList<FieldFault> faults)
{
    private const int Deepest = 4;
    private const int MostElements = 50;

    private readonly List<FormField> _fields = [];
    private readonly ILookup<string, string> _faults = faults.ToLookup(fault => fault.Pointer, fault => fault.Message, StringComparer.Ordinal);

    /// <summary>The failing field first, then the contract's order, then what the contract does not name.</summary>
    public IReadOnlyList<FormField> Build()
    {
        if (body.ValueKind is not JsonValueKind.Object)
        {
            return [];
        }

        foreach (var rule in basis.Contract?.Schema.Fields ?? [])
        {
            Add(rule, 0);
        }

        foreach (var member in body.EnumerateObject().DistinctBy(member => member.Name))
        {
            var pointer = JsonPointer.Below("", member.Name);
            if (_fields.TrueForAll(known => known.Pointer != pointer))
            {
                _fields.Add(Unnamed(pointer, member.Name, member.Value));
            }
        }

        if (Wanted is { } wanted && _fields.TrueForAll(known => !known.Complained))
        {
            _fields.Add(Unnamed(JsonPointer.Below("", wanted), wanted, default));
        }

        return [.. _fields.OrderByDescending(field => field is { Complained: true, Depth: 0 })];
    }

    private string? Wanted => @case.ErrorAttribute is { Length: > 0 } name && basis.Contract is null && name[0] is not '/' ? name : null;

    private void Add(FieldRule rule, int depth)
    {
        var value = PayloadPlaces.Find(body, rule.Pointer);
        if (depth < Deepest && (rule.Children.Count > 0 || rule.Types.HasFlag(SchemaTypes.List)))
        {
            _fields.Add(Row(rule, FieldKind.Group, depth));
            foreach (var child in Children(rule, value))
            {
                Add(child, depth + 1);
            }

            return;
        }

        _fields.Add(Row(rule, Kind(rule, value), depth));
    }

    private static IEnumerable<FieldRule> Children(FieldRule rule, JsonElement? value) =>
        !rule.Types.HasFlag(SchemaTypes.List) ? rule.Children
        : value is { ValueKind: JsonValueKind.Array } list
            ? Enumerable.Range(0, Math.Min(list.GetArrayLength(), MostElements)).Select(i => i.ToString(CultureInfo.InvariantCulture))
                .Select(name => rule.Below(name, JsonPointer.Below(rule.Pointer, name))).OfType<FieldRule>()
        : [];

    private FormField Row(FieldRule rule, FieldKind kind, int depth) => new()
    {
        Pointer = rule.Pointer, Name = rule.Name, Label = rule.Title ?? "", Help = rule.Tags.Changeable is true ? rule.Tags.Why ?? rule.Description : rule.Description, Kind = kind, Depth = depth,
        Value = JsonEdit.Read(texts.Body, rule.Pointer), Saved = texts.Saved is { } saved ? JsonEdit.Read(saved, rule.Pointer) : null,
        Original = texts.Original is { } original ? JsonEdit.Read(original, rule.Pointer) : null,
        Required = rule.Required, Nullable = rule.Types.HasFlag(SchemaTypes.Null), Minimum = rule.Said("minimum") ?? rule.Said("exclusiveMinimum"), Maximum = rule.Said("maximum") ?? rule.Said("exclusiveMaximum"),
        MaxLength = rule.Said("maxLength"), Choices = Choices(rule), Owner = basis.OwnerOf(rule)?.System, Locked = kind is FieldKind.Group ? null : basis.WhyLocked(rule.Pointer) ?? WhyHidden(rule),
        Personal = rule.Tags.Personal, Financial = rule.Tags.Financial, Secret = rule.Tags.Secret, Complained = IsComplained(rule.Pointer, rule.Name, rule.Tags.Attribute), Faults = [.. _faults[rule.Pointer]],
    };

    private FormField Unnamed(string pointer, string name, JsonElement value)
    {
        var plain = value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);
        return new FormField
        {
            Pointer = pointer, Name = name, Kind = value.ValueKind switch { JsonValueKind.Number => FieldKind.Number, JsonValueKind.True or JsonValueKind.False => FieldKind.Flag, _ => plain ? FieldKind.Text : FieldKind.Other },
            Value = JsonEdit.Read(texts.Body, pointer), Saved = texts.Saved is { } saved ? JsonEdit.Read(saved, pointer) : null, Original = texts.Original is { } original ? JsonEdit.Read(original, pointer) : null,
            Nullable = basis.Contract is null, Owner = basis.Owners.Of(name)?.System, Complained = IsComplained(pointer, name, null), Faults = [.. _faults[pointer]],
            Locked = basis.WhyLocked(pointer) ?? (plain ? null : "It holds several values and can be changed as JSON only"),
        };
    }

    // What is secret may be written anew by who cannot see it; what could be revealed is revealed first.
    private string? WhyHidden(FieldRule rule) =>
        (rule.Tags.Classes & basis.Hidden) is var classes and not 0 && !classes.HasFlag(FieldClasses.Secret) && PayloadPlaces.Find(body, rule.Pointer) is { ValueKind: not JsonValueKind.Null }
            ? $"Reveal the {classes.Say()} fields first"
            : null;

    private IReadOnlyList<LookupValue> Choices(FieldRule rule) =>
        rule.Tags.Lookup?.In(body) ?? rule.Enum?.Where(value => value is not "null").Select(value => new LookupValue(value, JsonEdit.Plain(value))).ToList() ?? [];

    private FieldKind Kind(FieldRule rule, JsonElement? value) =>
        Choices(rule).Count > 0 ? FieldKind.Choice
        : value is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } ? FieldKind.Other
        : rule.Types.HasFlag(SchemaTypes.Text) ? (rule.Format is "date" ? FieldKind.Date : FieldKind.Text)
        : rule.Types.HasFlag(SchemaTypes.Number) || rule.Types.HasFlag(SchemaTypes.Whole) ? FieldKind.Number
        : rule.Types.HasFlag(SchemaTypes.Flag) || value is { ValueKind: JsonValueKind.True or JsonValueKind.False } ? FieldKind.Flag
        : value is { ValueKind: JsonValueKind.Number } ? FieldKind.Number
        : FieldKind.Text;

    // A failure names an attribute, a field or a place; whatever its case.
    private bool IsComplained(string pointer, string name, string? attribute) => @case.ErrorAttribute is { Length: > 0 } said
        && (said == pointer || string.Equals(said, attribute ?? name, StringComparison.OrdinalIgnoreCase) || string.Equals(said, RepairBasis.Attribute(pointer), StringComparison.OrdinalIgnoreCase));
}

/// <param name="Body">The repair as it stands, drafts included.</param>
/// <param name="Saved">The latest saved version.</param>
/// <param name="Original">The message that failed.</param>
internal sealed record FormTexts(string Body, string? Saved, string? Original);
