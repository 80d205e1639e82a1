using System.Globalization;
using System.Text.Json;
using System.Text;
using OpsConsole.Storage;

namespace OpsConsole.Intake.CloudEvents;

/// <summary>Reads single fields of an event's data, noting what is wrong with each. Texts were checked before; null counts as absent.</summary>
internal static class FieldReader
{
    /// <summary>What a decimal(19,4) column takes.</summary>
    private const decimal Largest = 999_999_999_999_999.9999m;

    /// <summary>A text of at most so many characters; an empty one counts as absent.</summary>
    public static string? Text(ref Utf8JsonReader reader, string field, int most, Faults faults)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.String:
                var text = reader.Word();
                if (text.Length > most)
                {
                    faults.Add("too-long", field, $"must be at most {most} characters long, has {text.Length}");
                }

                return text.Length == 0 ? null : text;
            default:
                faults.Add("not-a-string", field, "must be a string");
                reader.Skip();
                return null;
        }
    }

    /// <summary>An id: a text of at most 256 bytes.</summary>
    public static string? Id(ref Utf8JsonReader reader, string field, Faults faults)
    {
        var id = Text(ref reader, field, int.MaxValue, faults);
        if (id is not null && Encoding.UTF8.GetByteCount(id) > Columns.Identity)
        {
            faults.Add("id-too-long", field, $"must be at most {Columns.Identity} bytes long in UTF-8");
        }

        return id;
    }

    public static long? Version(ref Utf8JsonReader reader, Faults faults)
    {
        if (reader.TokenType is JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType is JsonTokenType.Number && reader.TryGetDecimal(out var number)
            && number is >= 0 and <= long.MaxValue && decimal.IsInteger(number))
        {
            return (long)number;
        }

        faults.Add("version-unreadable", "version", "must be an integer of zero or more");
        reader.Skip();
        return null;
    }

    public static bool? Boolean(ref Utf8JsonReader reader, string field, Faults faults)
    {
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False)
        {
            return reader.GetBoolean();
        }

        if (reader.TokenType is not JsonTokenType.Null)
        {
            faults.Add("not-a-boolean", field, "must be true or false");
            reader.Skip();
        }

        return null;
    }

    /// <summary>A decimal as string or number, kept to four decimals.</summary>
    public static decimal? Amount(ref Utf8JsonReader reader, Faults faults)
    {
        if (reader.TokenType is JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
        {
            faults.Add("amount-unreadable", "amount", "must be a decimal such as \"5200.00\"");
            reader.Skip();
            return null;
        }

        var text = reader.TokenType is JsonTokenType.Number ? Encoding.ASCII.GetString(reader.ValueSpan) : reader.Word();
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var amount))
        {
            faults.Add("amount-unreadable", "amount", $"must be a decimal such as \"5200.00\", is {Faults.Quote(text)}");
            return null;
        }

        amount = decimal.Round(amount, 4, MidpointRounding.AwayFromZero);
        if (Math.Abs(amount) > Largest)
        {
            faults.Add("amount-out-of-range", "amount", $"must have at most 15 digits before the point, is {Faults.Quote(text)}");
            return null;
        }

        return amount;
    }
}
