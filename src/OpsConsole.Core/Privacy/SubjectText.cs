using System.Text.Json;
using OpsConsole.Contracts;

namespace OpsConsole.Privacy;

/// <summary>Finds what names one person in texts and JSON, and writes what stays of it when they are erased.</summary>
/// <param name="values">What they are known by: an e-mail, a name, a number.</param>
/// <param name="key">Opens what is kept encrypted.</param>
internal sealed class SubjectText(IReadOnlyList<string> values, byte[] key)
{
    public const string Erased = "erased";

    private const int MostNamed = 7;
    private const string Payload = "/payload";

    // From which an object has its label, whatever a contract says of them.
    private static readonly string[] s_names = ["name", "customerName"];

    /// <summary>How the audit names somebody, which names no value: by the keyed hash of each.</summary>
    public static string NameOf(IReadOnlyList<string> values, byte[] key) =>
        $"person {string.Join(' ', values.Select(value => FieldKey.Hash(key, value.ToUpperInvariant())).Take(MostNamed))}";

    /// <summary>What stands there in place of one of the values; nothing: it is not there.</summary>
    public string? Alone(string? text) => text is not null && IsOne(text) ? Erased : null;

    /// <summary>A sentence without the values; nothing: none stands in it.</summary>
    public string? Said(string? text)
    {
        var without = text is null ? null : values.Aggregate(text, (said, value) => said.Replace(value, Erased, StringComparison.OrdinalIgnoreCase));
        return without == text ? null : without;
    }

    /// <summary>JSON without the values in fields that are personal; every other byte stays. Nothing: none stands there.</summary>
    /// <param name="json">An event's data, a payload, or attributes.</param>
    /// <param name="fields">What contracts call personal.</param>
    public string? Of(string? json, VeiledFields fields)
    {
        if (json is null || json.Length < 2 || Places(json, fields) is not { Count: > 0 } places)
        {
            return null;
        }

        return places.Aggregate(json, (text, place) => JsonEdit.Set(text, place, JsonEdit.Quote(JsonEdit.Read(text, place) is { } literal && Said(JsonEdit.Plain(literal)) is { } said && !IsOne(JsonEdit.Plain(literal)) ? said : Erased)) ?? text);
    }

    private bool IsOne(string text) => values.Contains(FieldSeal.Plain(key, text).Trim(), StringComparer.OrdinalIgnoreCase);

    private List<string> Places(string json, VeiledFields fields)
    {
        try
        {
            using var read = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = JsonEdit.MaxDepth });
            return [.. Places(read.RootElement, "", false, fields)];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    // Inside of what is personal a value counts when it is one of theirs; in an error's sentence wherever it stands.
    private IEnumerable<string> Places(JsonElement element, string at, bool personal, VeiledFields fields) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
        {
            var pointer = JsonPointer.Below(at, member.Name);
            return Places(member.Value, pointer, personal || IsPersonal(pointer, member.Name, fields), fields);
        }),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((one, i) => Places(one, $"{at}/{i}", personal, fields)),
        JsonValueKind.String when at == "/error/message" => Said(element.GetString()) is null ? [] : [at],
        JsonValueKind.String or JsonValueKind.Number when personal && IsOne(element.ToString()) => [at],
        _ => [],
    };

    private static bool IsPersonal(string pointer, string name, VeiledFields fields) =>
        s_names.Contains(name, StringComparer.Ordinal) || fields.Names(name[(name.LastIndexOf('.') + 1)..]) || fields.Holds(pointer)
        || (pointer.StartsWith(Payload, StringComparison.Ordinal) && pointer.Length > Payload.Length && fields.Holds(pointer[Payload.Length..]));
}
