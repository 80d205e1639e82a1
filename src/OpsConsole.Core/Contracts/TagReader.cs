using System.Text.Json;

namespace OpsConsole.Contracts;

/// <summary>Reads the keywords <c>x-oc-…</c> of one schema. A misspelt one is refused: a field that shall be locked must not be open by a typing mistake.</summary>
internal static class TagReader
{
    private const string Prefix = "x-oc-";
    private const string IntakeWords = "must be \"drop\", \"hash\" or \"encrypt\"";
    private const int MostValues = 2_000;

    public static FieldTags Read(JsonElement schema, string at)
    {
        var tags = FieldTags.None;
        foreach (var keyword in schema.EnumerateObject().Where(keyword => keyword.Name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            tags = Take(tags, keyword.Name[Prefix.Length..], keyword.Value, JsonPointer.Below(at, keyword.Name));
        }

        return tags;
    }

    private static FieldTags Take(FieldTags tags, string name, JsonElement value, string at) => name switch
    {
        "changeable" => tags with { Changeable = Flag(value, at) },
        "why" => tags with { Why = Text(value, at) },
        "attribute" => tags with { Attribute = Text(value, at) },
        "personal" => tags with { Personal = Flag(value, at) },
        "financial" => tags with { Financial = Flag(value, at) },
        "secret" => tags with { Secret = Flag(value, at) },
        "intake" => tags with { Intake = Intake(value, at) },
        "lookup" => tags with { Lookup = Lookup(value, at) },
        _ => throw new SchemaUnreadable(at, "is not known; x-oc-changeable, x-oc-why, x-oc-attribute, x-oc-lookup, x-oc-intake, x-oc-personal, x-oc-financial and x-oc-secret are"),
    };

    private static IntakeRule Intake(JsonElement value, string at) => value.ValueKind is JsonValueKind.String ? value.GetString() switch
    {
        "drop" => IntakeRule.Drop,
        "hash" => IntakeRule.Hash,
        "encrypt" => IntakeRule.Encrypt,
        _ => throw new SchemaUnreadable(at, IntakeWords),
    } : throw new SchemaUnreadable(at, IntakeWords);

    private static Lookup Lookup(JsonElement value, string at)
    {
        if (value.ValueKind is JsonValueKind.Array)
        {
            return new Lookup(null, Values(value, at), new Dictionary<string, IReadOnlyList<LookupValue>>());
        }

        if (value.ValueKind is not JsonValueKind.Object
            || !value.TryGetProperty("by", out var by) || by.ValueKind is not JsonValueKind.String || JsonPointer.Read(by.GetString()) is null
            || !value.TryGetProperty("values", out var sets) || sets.ValueKind is not JsonValueKind.Object)
        {
            throw new SchemaUnreadable(at, "must be a list of values, or {\"by\": \"/subsidiary\", \"values\": {\"DE01\": […]}}");
        }

        return new Lookup(by.GetString(), [], sets.EnumerateObject().ToDictionary(set => set.Name, set => Values(set.Value, JsonPointer.Below($"{at}/values", set.Name)), StringComparer.Ordinal));
    }

    private static IReadOnlyList<LookupValue> Values(JsonElement list, string at)
    {
        if (list.ValueKind is not JsonValueKind.Array || list.GetArrayLength() is 0 or > MostValues)
        {
            throw new SchemaUnreadable(at, $"must be a list of 1 to {MostValues} values");
        }

        return [.. list.EnumerateArray().Select((one, i) => Value(one, $"{at}/{i}"))];
    }

    private static LookupValue Value(JsonElement one, string at) => one.ValueKind switch
    {
        JsonValueKind.String or JsonValueKind.Number => new LookupValue(one.GetRawText(), one.ToString()),
        JsonValueKind.Object when one.TryGetProperty("value", out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number =>
            new LookupValue(one.GetProperty("value").GetRawText(), one.TryGetProperty("label", out var label) && label.ValueKind is JsonValueKind.String ? label.GetString()! : one.GetProperty("value").ToString()),
        _ => throw new SchemaUnreadable(at, "must be a text, a number, or {\"value\", \"label\"}"),
    };

    private static bool Flag(JsonElement value, string at) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw new SchemaUnreadable(at, "must be true or false");

    private static string Text(JsonElement value, string at) =>
        value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 and <= 300 } text ? text : throw new SchemaUnreadable(at, "must be a text of 1 to 300 characters");
}
