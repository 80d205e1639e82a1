using OpsConsole.Contracts;

namespace OpsConsole.Replay;

/// <summary>What a field of a repair form is typed into.</summary>
public enum FieldKind
{
    Text,
    Number,
    Date,
    Flag,

    /// <summary>One of <see cref="FormField.Choices"/>.</summary>
    Choice,

    /// <summary>The heading of an object or a list; its fields follow, one deeper.</summary>
    Group,

    /// <summary>Anything else: shown as JSON.</summary>
    Other,
}

/// <summary>One row of a repair form. Values are JSON as written (<c>5200.00</c>, <c>"NET30"</c>); nothing: the field is not there.</summary>
public sealed record FormField
{
    /// <summary>RFC 6901.</summary>
    public required string Pointer { get; init; }

    public required string Name { get; init; }

    /// <summary>The contract's title; empty: the page makes one of the name.</summary>
    public string Label { get; init; } = "";

    public string? Help { get; init; }

    public required FieldKind Kind { get; init; }

    /// <summary>0 at the top.</summary>
    public int Depth { get; init; }

    /// <summary>As the repair has it now, drafts included.</summary>
    public string? Value { get; init; }

    /// <summary>As the latest saved version has it.</summary>
    public string? Saved { get; init; }

    /// <summary>As the message that failed had it.</summary>
    public string? Original { get; init; }

    public bool Required { get; init; }

    /// <summary>It may be empty (null).</summary>
    public bool Nullable { get; init; }

    public string? Minimum { get; init; }

    public string? Maximum { get; init; }

    public string? MaxLength { get; init; }

    public IReadOnlyList<LookupValue> Choices { get; init; } = [];

    /// <summary>The system whose value counts; nothing: the matrix does not say.</summary>
    public string? Owner { get; init; }

    /// <summary>Why it may not be changed; nothing: it may.</summary>
    public string? Locked { get; init; }

    public bool Personal { get; init; }

    public bool Financial { get; init; }

    public bool Secret { get; init; }

    /// <summary>The failure names it.</summary>
    public bool Complained { get; init; }

    /// <summary>What is wrong with its value now, each with what would be right.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    public bool Changed => Value != Saved;

    /// <summary>What somebody typed, as JSON for this field: numbers exactly as typed, an emptied field as null where it may be, else not there (nothing).</summary>
    public string? ToLiteral(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        return (Kind, trimmed) switch
        {
            (_, "") => Nullable || Saved is "null" ? "null" : null,
            (FieldKind.Choice, _) => Choices.FirstOrDefault(choice => choice.Value == trimmed || JsonEdit.Plain(choice.Value) == trimmed)?.Value ?? JsonEdit.Quote(trimmed),
            (FieldKind.Number, _) when ExactNumber.TryParse(trimmed, out _) => trimmed,
            (FieldKind.Flag, "true" or "false") => trimmed,
            _ => JsonEdit.Quote(text),
        };
    }

    /// <summary>A value as it stands in an input.</summary>
    public static string ToText(string? literal) => literal is null or "null" ? "" : JsonEdit.Plain(literal);
}
