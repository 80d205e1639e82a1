using System.Text.Json;
using System.Text.RegularExpressions;

namespace OpsConsole.Contracts;

/// <summary>What stands in a schema that cannot be taken: where, and what would be right.</summary>
internal sealed class SchemaUnreadable(string pointer, string wanted) : Exception($"{pointer}: {wanted}")
{
    public string Pointer => pointer;

    public string Wanted => wanted;
}

/// <summary>
/// Reads a JSON Schema of draft 2020-12. A keyword that is not known here is refused and not passed over: what a contract says is checked,
/// or the contract does not come into force.
/// </summary>
internal sealed class SchemaReader
{
    private const int MostDepth = 64;

    private static readonly string[] s_notes =
    [
        "$schema", "$id", "$comment", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "contentEncoding", "contentMediaType", "$defs",
    ];

    private readonly Dictionary<string, SchemaNode> _known = new(StringComparer.Ordinal);

    /// <exception cref="SchemaUnreadable">It is no schema that can be taken.</exception>
    public static SchemaNode Read(JsonElement schema)
    {
        var reader = new SchemaReader();
        var root = reader.Node(schema, "", 0);
        foreach (var (pointer, node) in reader._known.Where(known => known.Value.Reference is not null))
        {
            node.Referred = reader._known.GetValueOrDefault(node.Reference!)
                ?? throw new SchemaUnreadable($"{pointer}/$ref", $"names {node.Reference}, which is not in this schema");
        }

        return root;
    }

    private SchemaNode Node(JsonElement schema, string at, int depth)
    {
        if (depth > MostDepth)
        {
            throw new SchemaUnreadable(at, "is nested too deeply");
        }

        var node = new SchemaNode();
        _known[at] = node;
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            node.Always = schema.GetBoolean();
            return node;
        }

        if (schema.ValueKind is not JsonValueKind.Object)
        {
            throw new SchemaUnreadable(at, "must be a schema: an object, true or false");
        }

        foreach (var keyword in schema.EnumerateObject())
        {
            Keyword(node, keyword.Name, keyword.Value, JsonPointer.Below(at, keyword.Name), depth);
        }

        node.Tags = TagReader.Read(schema, at);
        return node;
    }

    private void Keyword(SchemaNode node, string name, JsonElement value, string at, int depth)
    {
        if (Subschema(node, name, value, at, depth) || Values.Take(node, name, value, at) || name.StartsWith("x-", StringComparison.Ordinal))
        {
            return;
        }

        switch (name)
        {
            case "$schema" when Text(value, at).TrimEnd('#') != "https://json-schema.org/draft/2020-12/schema":
                throw new SchemaUnreadable(at, "must be https://json-schema.org/draft/2020-12/schema");
            case "$defs":
                Named(value, at, depth, (_, _) => { });
                break;
            case "$ref":
                node.Reference = Text(value, at) is ['#', .. var pointer] && (pointer.Length == 0 || pointer[0] is '/') ? pointer
                    : throw new SchemaUnreadable(at, "must point into this schema: #/$defs/…");
                break;
            case "title":
                node.Title = Text(value, at);
                break;
            case "description":
                node.Description = Text(value, at);
                break;
            default:
                if (!s_notes.Contains(name, StringComparer.Ordinal))
                {
                    throw new SchemaUnreadable(at, "is a keyword that is not checked here, so that nobody relies on it");
                }

                break;
        }
    }

    private bool Subschema(SchemaNode node, string name, JsonElement value, string at, int depth)
    {
        switch (name)
        {
            case "properties": Named(value, at, depth, (key, child) => node.Properties.Add(new(key, child))); break;
            case "patternProperties": Named(value, at, depth, (key, child) => node.PatternProperties.Add((Values.Regex(key, JsonPointer.Below(at, key)), child))); break;
            case "dependentSchemas": Named(value, at, depth, (key, child) => node.DependentSchemas.Add(new(key, child))); break;
            case "additionalProperties": node.AdditionalProperties = Node(value, at, depth + 1); break;
            case "propertyNames": node.PropertyNames = Node(value, at, depth + 1); break;
            case "items": node.Items = Node(value, at, depth + 1); break;
            case "contains": node.Contains = Node(value, at, depth + 1); break;
            case "not": node.Not = Node(value, at, depth + 1); break;
            case "if": node.If = Node(value, at, depth + 1); break;
            case "then": node.Then = Node(value, at, depth + 1); break;
            case "else": node.Else = Node(value, at, depth + 1); break;
            case "prefixItems": node.PrefixItems = Listed(value, at, depth); break;
            case "allOf": node.AllOf = Listed(value, at, depth); break;
            case "anyOf": node.AnyOf = Listed(value, at, depth); break;
            case "oneOf": node.OneOf = Listed(value, at, depth); break;
            default: return false;
        }

        return true;
    }

    private void Named(JsonElement value, string at, int depth, Action<string, SchemaNode> take)
    {
        if (value.ValueKind is not JsonValueKind.Object)
        {
            throw new SchemaUnreadable(at, "must be an object of schemas");
        }

        foreach (var child in value.EnumerateObject())
        {
            take(child.Name, Node(child.Value, JsonPointer.Below(at, child.Name), depth + 1));
        }
    }

    private SchemaNode[] Listed(JsonElement value, string at, int depth) =>
        value.ValueKind is JsonValueKind.Array && value.GetArrayLength() > 0
            ? [.. value.EnumerateArray().Select((child, i) => Node(child, $"{at}/{i}", depth + 1))]
            : throw new SchemaUnreadable(at, "must be a list of schemas");

    private static string Text(JsonElement value, string at) =>
        value.ValueKind is JsonValueKind.String ? value.GetString()! : throw new SchemaUnreadable(at, "must be a text");

    /// <summary>The keywords that hold plain values.</summary>
    private static class Values
    {
        public static bool Take(SchemaNode node, string name, JsonElement value, string at)
        {
            switch (name)
            {
                case "type": node.Types = Types(value, at); break;
                case "enum": node.Enum = value.ValueKind is JsonValueKind.Array && value.GetArrayLength() > 0 ? [.. value.EnumerateArray().Select(one => one.Clone())] : throw new SchemaUnreadable(at, "must be a list of values"); break;
                case "const": node.Const = value.Clone(); break;
                case "minimum": node.Minimum = Number(value, at); break;
                case "maximum": node.Maximum = Number(value, at); break;
                case "exclusiveMinimum": node.Above = Number(value, at); break;
                case "exclusiveMaximum": node.Below = Number(value, at); break;
                case "multipleOf": node.MultipleOf = Number(value, at) is var step && step > default(ExactNumber) ? step : throw new SchemaUnreadable(at, "must be above 0"); break;
                case "minLength": node.MinLength = Count(value, at); break;
                case "maxLength": node.MaxLength = Count(value, at); break;
                case "pattern": node.Pattern = Regex(Text(value, at), at); break;
                case "format": node.Format = Text(value, at); break;
                case "required": node.Required = Names(value, at); break;
                case "minProperties": node.MinProperties = Count(value, at); break;
                case "maxProperties": node.MaxProperties = Count(value, at); break;
                case "minItems": node.MinItems = Count(value, at); break;
                case "maxItems": node.MaxItems = Count(value, at); break;
                case "minContains": node.MinContains = Count(value, at); break;
                case "maxContains": node.MaxContains = Count(value, at); break;
                case "uniqueItems": node.UniqueItems = value.ValueKind is JsonValueKind.True; break;
                case "dependentRequired": Dependent(node, value, at); break;
                default: return false;
            }

            node.Said[name] = value.GetRawText();
            return true;
        }

        // In linear time whatever the text is: no pattern of a contract holds up a request.
        public static Regex Regex(string pattern, string at)
        {
            try
            {
                return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            }
            catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
            {
                throw new SchemaUnreadable(at, "must be a regular expression without look-around and back-references");
            }
        }

        private static SchemaTypes Types(JsonElement value, string at)
        {
            var names = value.ValueKind is JsonValueKind.Array ? value.EnumerateArray().ToList() : [value];
            var types = SchemaTypes.None;
            foreach (var name in names)
            {
                types |= (name.ValueKind is JsonValueKind.String ? SchemaTypeNames.Read(name.GetString()) : null)
                    ?? throw new SchemaUnreadable(at, $"must be one or several of {SchemaTypeNames.All}");
            }

            return types is SchemaTypes.None ? throw new SchemaUnreadable(at, "must not be an empty list") : types;
        }

        private static ExactNumber Number(JsonElement value, string at) =>
            value.ValueKind is JsonValueKind.Number && ExactNumber.TryParse(value.GetRawText(), out var number) ? number : throw new SchemaUnreadable(at, "must be a number");

        private static int Count(JsonElement value, string at) =>
            value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var count) && count >= 0 ? count : throw new SchemaUnreadable(at, "must be a whole number of 0 or more");

        private static IReadOnlyList<string> Names(JsonElement value, string at) =>
            value.ValueKind is JsonValueKind.Array && value.EnumerateArray().All(name => name.ValueKind is JsonValueKind.String)
                ? [.. value.EnumerateArray().Select(name => name.GetString()!)]
                : throw new SchemaUnreadable(at, "must be a list of field names");

        private static void Dependent(SchemaNode node, JsonElement value, string at)
        {
            if (value.ValueKind is not JsonValueKind.Object)
            {
                throw new SchemaUnreadable(at, "must be an object of lists of field names");
            }

            foreach (var one in value.EnumerateObject())
            {
                node.DependentRequired[one.Name] = Names(one.Value, JsonPointer.Below(at, one.Name));
            }
        }
    }
}
