using System.Globalization;
using System.Net.Mail;
using System.Text.Json;

namespace OpsConsole.Contracts;

/// <summary>The bounds of texts and numbers. A bound of another kind of value says nothing, as JSON Schema has it.</summary>
internal static class PlainCheck
{
    public static void Of(SchemaNode node, JsonElement value, Action<string> fault)
    {
        if (value.ValueKind is JsonValueKind.String)
        {
            Text(node, value.GetString()!, fault);
        }
        else if (value.ValueKind is JsonValueKind.Number)
        {
            Number(node, value.GetRawText(), fault);
        }
    }

    private static void Number(SchemaNode node, string text, Action<string> fault)
    {
        if (!ExactNumber.TryParse(text, out var number))
        {
            fault("must be a number of at most 400 digits");
            return;
        }

        Unless(node.Minimum is not { } least || number >= least, () => $"must be at least {node.Said["minimum"]}");
        Unless(node.Maximum is not { } most || number <= most, () => $"must be at most {node.Said["maximum"]}");
        Unless(node.Above is not { } above || number > above, () => $"must be above {node.Said["exclusiveMinimum"]}");
        Unless(node.Below is not { } below || number < below, () => $"must be below {node.Said["exclusiveMaximum"]}");
        Unless(node.MultipleOf is not { } step || number.IsMultipleOf(step), () => $"must be a multiple of {node.Said["multipleOf"]}");

        void Unless(bool right, Func<string> wanted)
        {
            if (!right)
            {
                fault(wanted());
            }
        }
    }

    private static void Text(SchemaNode node, string text, Action<string> fault)
    {
        var length = text.EnumerateRunes().Count();
        if (length < node.MinLength)
        {
            fault(node.MinLength == 1 ? "must not be empty" : $"must have at least {node.MinLength} characters");
        }

        if (length > node.MaxLength)
        {
            fault($"must have at most {node.MaxLength} characters");
        }

        if (node.Pattern is { } pattern && !pattern.IsMatch(text))
        {
            fault($"must match {pattern}");
        }

        if (node.Format is { } format && Wanted(format, text) is { } wanted)
        {
            fault(wanted);
        }
    }

    // Formats that are not named here are notes, as the standard has it.
    private static string? Wanted(string format, string text) => format switch
    {
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? null : "must be a date like 2026-10-31",
        "date-time" => text.Contains('T', StringComparison.OrdinalIgnoreCase) && text.Length >= 20 && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)
            ? null : "must be a moment like 2026-10-31T09:30:00Z",
        "time" => TimeOnly.TryParse(text.TrimEnd('Z', 'z'), CultureInfo.InvariantCulture, out _) ? null : "must be a time like 09:30:00",
        "email" => MailAddress.TryCreate(text, out var mail) && mail.Address == text ? null : "must be a mail address",
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _) ? null : "must be an absolute address (URI)",
        "uuid" => Guid.TryParseExact(text, "D", out _) ? null : "must be a UUID",
        _ => null,
    };
}
