using System.Globalization;
using System.Text.Json;

namespace OpsConsole.Contracts;

/// <summary>Checks one value against a schema and says of each fault what would be right, in words for the person at the form.</summary>
internal sealed class SchemaCheck(JsonElement payload)
{
    private const int MostDepth = 400;
    private const int MostFaults = 200;

    private readonly List<SchemaFault> _faults = [];

    public static IReadOnlyList<SchemaFault> Of(SchemaNode root, JsonElement payload)
    {
        var check = new SchemaCheck(payload);
        check.Node(root, payload, "", 0);
        return [.. check._faults.DistinctBy(fault => (fault.Pointer, fault.Wanted))];
    }

    private void Node(SchemaNode node, JsonElement value, string at, int depth)
    {
        if (_faults.Count >= MostFaults)
        {
            return;
        }

        if (depth > MostDepth)
        {
            Fault(at, "is nested too deeply to be checked");
            return;
        }

        if (node.Always is { } always)
        {
            if (!always)
            {
                Fault(at, "is not foreseen in the contract");
            }

            return;
        }

        if (node.Types is not SchemaTypes.None && !IsOf(node.Types, value))
        {
            Fault(at, $"must be {SchemaTypeNames.Say(node.Types)}");
            return;
        }

        Listed(node, value, at);
        PlainCheck.Of(node, value, wanted => Fault(at, wanted));
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Members(node, value, at, depth);
                break;
            case JsonValueKind.Array:
                Elements(node, value, at, depth);
                break;
        }

        Combined(node, value, at, depth);
    }

    private void Listed(SchemaNode node, JsonElement value, string at)
    {
        if (node.Enum is { } allowed && !allowed.Any(one => JsonDiff.Same(one, value)))
        {
            Fault(at, $"must be {OneOf(allowed.Select(one => one.ToString()))}");
        }

        if (node.Const is { } only && !JsonDiff.Same(only, value))
        {
            Fault(at, $"must be {only}");
        }

        if (node.Tags.Lookup?.In(payload) is { } values && value.ValueKind is not JsonValueKind.Null && !values.Any(known => known.Value == value.GetRawText() || JsonEdit.Plain(known.Value) == value.ToString()))
        {
            Fault(at, $"must be {OneOf(values.Select(known => JsonEdit.Plain(known.Value) is var plain && plain == known.Label ? plain : $"{plain} ({known.Label})"))}");
        }
    }

    private void Members(SchemaNode node, JsonElement value, string at, int depth)
    {
        foreach (var name in node.Required.Where(name => !value.TryGetProperty(name, out _)))
        {
            Fault(JsonPointer.Below(at, name), "is required");
        }

        foreach (var (name, others) in node.DependentRequired.Where(one => value.TryGetProperty(one.Key, out _)))
        {
            foreach (var other in others.Where(other => !value.TryGetProperty(other, out _)))
            {
                Fault(JsonPointer.Below(at, other), $"is required where there is {name}");
            }
        }

        foreach (var (_, then) in node.DependentSchemas.Where(one => value.TryGetProperty(one.Key, out _)))
        {
            Node(then, value, at, depth + 1);
        }

        var count = value.EnumerateObject().Count();
        Bound(count, node.MinProperties, node.MaxProperties, "fields", at);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (!seen.Add(member.Name))
            {
                Fault(JsonPointer.Below(at, member.Name), "stands there twice");
            }

            Member(node, member, at, depth);
        }
    }

    private void Member(SchemaNode node, JsonProperty member, string at, int depth)
    {
        var here = JsonPointer.Below(at, member.Name);
        if (node.PropertyNames is { } names)
        {
            using var name = JsonDocument.Parse(JsonEdit.Quote(member.Name));
            if (!Fits(names, name.RootElement, here, depth))
            {
                Fault(here, "has a name that the contract does not take");
            }
        }

        var rules = node.Properties.Where(known => known.Key == member.Name).Select(known => known.Value)
            .Concat(node.PatternProperties.Where(known => known.Name.IsMatch(member.Name)).Select(known => known.Node)).ToList();
        if (rules.Count == 0 && node.AdditionalProperties is { } others)
        {
            rules.Add(others);
        }

        foreach (var rule in rules)
        {
            Node(rule, member.Value, here, depth + 1);
        }
    }

    private void Elements(SchemaNode node, JsonElement value, string at, int depth)
    {
        var elements = value.EnumerateArray().ToList();
        Bound(elements.Count, node.MinItems, node.MaxItems, "elements", at);
        for (var i = 0; i < elements.Count; i++)
        {
            if ((i < node.PrefixItems.Count ? node.PrefixItems[i] : node.Items) is { } rule)
            {
                Node(rule, elements[i], Index(at, i), depth + 1);
            }
        }

        if (node.UniqueItems && elements.Where((one, i) => elements.Take(i).Any(before => JsonDiff.Same(before, one))).Any())
        {
            Fault(at, "must not hold the same element twice");
        }

        if (node.Contains is { } wanted)
        {
            var found = elements.Where((one, i) => Fits(wanted, one, Index(at, i), depth)).Count();
            if (found < node.MinContains || found > (node.MaxContains ?? int.MaxValue))
            {
                Fault(at, $"holds {found} of the elements that are wanted, must hold {(node.MaxContains is { } most ? $"{node.MinContains} to {most}" : $"at least {node.MinContains}")}");
            }
        }
    }

    private void Combined(SchemaNode node, JsonElement value, string at, int depth)
    {
        if (node.Referred is { } referred)
        {
            Node(referred, value, at, depth + 1);
        }

        foreach (var each in node.AllOf)
        {
            Node(each, value, at, depth + 1);
        }

        // Of several ways that all fail, the one that it comes nearest to is told.
        if (node.AnyOf.Count > 0 && !node.AnyOf.Any(way => Fits(way, value, at, depth)))
        {
            _faults.AddRange(node.AnyOf.Select(way => Faults(way, value, at, depth)).MinBy(faults => faults.Count)!);
        }

        if (node.OneOf.Count > 0)
        {
            var ways = node.OneOf.Select(way => Faults(way, value, at, depth)).ToList();
            switch (ways.Count(faults => faults.Count == 0))
            {
                case 0: _faults.AddRange(ways.MinBy(faults => faults.Count)!); break;
                case > 1: Fault(at, "fits more than one of the alternatives, must fit one"); break;
            }
        }

        if (node.Not is { } not && Fits(not, value, at, depth))
        {
            Fault(at, not.Description ?? "is just what the contract excludes");
        }

        if (node.If is { } when && (Fits(when, value, at, depth) ? node.Then : node.Else) is { } follows)
        {
            Node(follows, value, at, depth + 1);
        }
    }

    private bool Fits(SchemaNode node, JsonElement value, string at, int depth) => Faults(node, value, at, depth).Count == 0;

    private List<SchemaFault> Faults(SchemaNode node, JsonElement value, string at, int depth)
    {
        var aside = new SchemaCheck(payload);
        aside.Node(node, value, at, depth + 1);
        return aside._faults;
    }

    private void Bound(int count, int? least, int? most, string what, string at)
    {
        if (count < least)
        {
            Fault(at, $"must have at least {least} {what}");
        }

        if (count > most)
        {
            Fault(at, $"must have at most {most} {what}");
        }
    }

    private void Fault(string at, string wanted) => _faults.Add(new SchemaFault(at, wanted));

    private static string Index(string at, int i) => $"{at}/{i.ToString(CultureInfo.InvariantCulture)}";

    private static bool IsOf(SchemaTypes types, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => types.HasFlag(SchemaTypes.Text),
        JsonValueKind.Number => types.HasFlag(SchemaTypes.Number) || (types.HasFlag(SchemaTypes.Whole) && ExactNumber.TryParse(value.GetRawText(), out var number) && number.IsWhole),
        JsonValueKind.True or JsonValueKind.False => types.HasFlag(SchemaTypes.Flag),
        JsonValueKind.Object => types.HasFlag(SchemaTypes.Object),
        JsonValueKind.Array => types.HasFlag(SchemaTypes.List),
        _ => types.HasFlag(SchemaTypes.Null),
    };

    private static string OneOf(IEnumerable<string> values)
    {
        const int Most = 12;
        var all = values.ToList();
        return all.Count == 1 ? all[0] : $"one of {string.Join(", ", all.Take(Most))}{(all.Count > Most ? $" and {all.Count - Most} more" : "")}";
    }
}
