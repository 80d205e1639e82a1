using System.Text.Json;
using System.Text.RegularExpressions;

namespace OpsConsole.Contracts;

/// <summary>One schema within a schema, as read: only what it says is set.</summary>
internal sealed class SchemaNode
{
    /// <summary>The schema <c>true</c> or <c>false</c>.</summary>
    public bool? Always { get; set; }

    public string? Title { get; set; }

    public string? Description { get; set; }

    public FieldTags Tags { get; set; } = FieldTags.None;

    /// <summary>None: any.</summary>
    public SchemaTypes Types { get; set; }

    public IReadOnlyList<JsonElement>? Enum { get; set; }

    public JsonElement? Const { get; set; }

    public ExactNumber? Minimum { get; set; }

    public ExactNumber? Maximum { get; set; }

    public ExactNumber? Above { get; set; }

    public ExactNumber? Below { get; set; }

    public ExactNumber? MultipleOf { get; set; }

    public int? MinLength { get; set; }

    public int? MaxLength { get; set; }

    public Regex? Pattern { get; set; }

    public string? Format { get; set; }

    /// <summary>In the order written, which is the order of the form.</summary>
    public List<KeyValuePair<string, SchemaNode>> Properties { get; } = [];

    public List<(Regex Name, SchemaNode Node)> PatternProperties { get; } = [];

    public SchemaNode? AdditionalProperties { get; set; }

    public SchemaNode? PropertyNames { get; set; }

    public IReadOnlyList<string> Required { get; set; } = [];

    public int? MinProperties { get; set; }

    public int? MaxProperties { get; set; }

    public Dictionary<string, IReadOnlyList<string>> DependentRequired { get; } = new(StringComparer.Ordinal);

    public List<KeyValuePair<string, SchemaNode>> DependentSchemas { get; } = [];

    public SchemaNode? Items { get; set; }

    public IReadOnlyList<SchemaNode> PrefixItems { get; set; } = [];

    public SchemaNode? Contains { get; set; }

    public int MinContains { get; set; } = 1;

    public int? MaxContains { get; set; }

    public int? MinItems { get; set; }

    public int? MaxItems { get; set; }

    public bool UniqueItems { get; set; }

    public IReadOnlyList<SchemaNode> AllOf { get; set; } = [];

    public IReadOnlyList<SchemaNode> AnyOf { get; set; } = [];

    public IReadOnlyList<SchemaNode> OneOf { get; set; } = [];

    public SchemaNode? Not { get; set; }

    public SchemaNode? If { get; set; }

    public SchemaNode? Then { get; set; }

    public SchemaNode? Else { get; set; }

    /// <summary>A pointer into the same schema.</summary>
    public string? Reference { get; set; }

    /// <summary>What <see cref="Reference"/> means, set once all is read.</summary>
    public SchemaNode? Referred { get; set; }

    /// <summary>As written, for messages: minimum, maximum and so on.</summary>
    public Dictionary<string, string> Said { get; } = new(StringComparer.Ordinal);

    /// <summary>This one and what it takes over whole: its reference and all of <c>allOf</c>. What counts for a form is the first that says something.</summary>
    public IEnumerable<SchemaNode> Views(int depth = 0)
    {
        yield return this;
        if (depth > 8)
        {
            yield break;
        }

        foreach (var view in AllOf.Prepend(Referred).OfType<SchemaNode>().SelectMany(node => node.Views(depth + 1)))
        {
            yield return view;
        }
    }
}
