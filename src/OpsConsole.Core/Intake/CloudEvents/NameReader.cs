using System.Text.Json;
using OpsConsole.Storage;

namespace OpsConsole.Intake.CloudEvents;

/// <summary>Reads what names objects: <c>{"type", "id"}</c>, <c>{"system", "id"}</c>, and lists of them.</summary>
internal static class NameReader
{
    /// <summary>A type and an id; either is nothing when it is absent or wrong.</summary>
    public static (string? Type, string? Id) Pair(ref Utf8JsonReader reader, string field, Faults faults) => Read(ref reader, field, "type", faults);

    /// <summary>True when one stands there, whole.</summary>
    public static bool One(ref Utf8JsonReader reader, string field, string first, Faults faults)
    {
        if (reader.TokenType is JsonTokenType.Null)
        {
            return false;
        }

        var (name, id) = Read(ref reader, field, first, faults);
        if (name is null)
        {
            faults.Add($"{first}-missing", $"{field}.{first}", "is required");
        }
        else if (id is null)
        {
            faults.Add("id-missing", $"{field}.id", "is required");
        }

        return true;
    }

    /// <summary>How many there are.</summary>
    public static int List(ref Utf8JsonReader reader, string field, string first, Faults faults)
    {
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            if (reader.TokenType is not JsonTokenType.Null)
            {
                faults.Add($"{field}-not-a-list", field, $"must be a list of {{\"{first}\", \"id\"}}");
                reader.Skip();
            }

            return 0;
        }

        var count = 0;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.Null)
            {
                faults.Add($"{field}-not-a-list", $"{field}[{count}]", "must be an object");
            }

            One(ref reader, faults.Any ? field : $"{field}[{count}]", first, faults);
            count++;
        }

        return count;
    }

    private static (string? First, string? Id) Read(ref Utf8JsonReader reader, string field, string first, Faults faults)
    {
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            faults.Add($"{Plain(field)}-not-an-object", field, $"must be an object with {first} and id");
            reader.Skip();
            return default;
        }

        (string? First, string? Id) read = default;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = reader.Word();
            reader.Read();
            if (name == first)
            {
                read.First = first is "type" ? Type(ref reader, field, faults) : FieldReader.Text(ref reader, $"{field}.{first}", Columns.Identity, faults);
            }
            else if (name is "id")
            {
                read.Id = FieldReader.Id(ref reader, $"{field}.id", faults);
            }
            else if (name is "role")
            {
                FieldReader.Text(ref reader, $"{field}.role", Columns.Identity, faults);
            }
            else
            {
                reader.Skip();
            }
        }

        return read;
    }

    private static string? Type(ref Utf8JsonReader reader, string field, Faults faults)
    {
        var type = FieldReader.Text(ref reader, $"{field}.type", int.MaxValue, faults);
        if (type is not null && !EntityTypes.IsValid(type))
        {
            faults.Add("entity-type-invalid", $"{field}.type", $"must be a small letter, then up to 63 of a-z, 0-9 and -, is {Faults.Quote(type)}");
        }

        return type;
    }

    private static string Plain(string field) => field.IndexOf('[', StringComparison.Ordinal) is var at and > 0 ? field[..at] : field;
}
