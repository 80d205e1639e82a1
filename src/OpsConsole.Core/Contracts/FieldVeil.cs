using System.Text.Json;

namespace OpsConsole.Contracts;

/// <summary>
/// What a reader may not see of a payload is dots, however they ask: page, API, dry run, difference. What a contract calls secret is so for everybody. Another value has
/// other dots, so that a change still shows. Dots that come back mean what stood there, so that everything around them can be edited.
/// </summary>
/// <param name="schema">Of the contract in force; nothing: there is none, and nothing is hidden.</param>
/// <param name="hidden">What the reader may not see.</param>
internal sealed class FieldVeil(PayloadSchema? schema, FieldClasses hidden)
{
    public const string Dots = "••••••";

    private const int ShortestValue = 4;
    private readonly Dictionary<string, (string Literal, string Dots)> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);

    /// <summary>There is nothing to hide.</summary>
    public bool IsThin => schema is null || (schema.Classes & hidden) is 0;

    /// <summary>A payload with dots in its hidden places. Versions are shown one after the other, oldest first: a value has the dots of the version that brought it.</summary>
    /// <param name="json">The payload; what cannot be read as JSON has no places.</param>
    /// <param name="version">What stands beside the dots of a new value: <c>v2</c>; empty for the message that failed.</param>
    public string? Over(string? json, string version = "")
    {
        if (IsThin || json is null || Places(json) is not { Count: > 0 } places)
        {
            return json;
        }

        // A name that stands twice has a value that no pointer leads to.
        if (places.Distinct(StringComparer.Ordinal).Count() < places.Count)
        {
            return JsonEdit.Quote(Dots);
        }

        return places.Aggregate(json, (text, place) => JsonEdit.Set(text, place, JsonEdit.Quote(DotsOf(place, JsonEdit.Read(json, place)!, version))) ?? JsonEdit.Quote(Dots));
    }

    /// <summary>A payload that somebody wrote around the dots, with what stands there in the one that they saw.</summary>
    /// <param name="json">As it came.</param>
    /// <param name="seen">What they had before them, without dots.</param>
    public string Lift(string json, string? seen) =>
        seen is null || !MayLift(json)
            ? json
            : Places(json).Where(place => IsDots(JsonEdit.Read(json, place)))
                .Aggregate(json, (text, place) => JsonEdit.Read(seen, place) is { } kept ? JsonEdit.Set(text, place, kept) ?? text : text);

    /// <summary>There may be dots in it, as they are or as JSON can write them.</summary>
    public bool MayLift(string json) => !IsThin && (json.Contains(Dots, StringComparison.Ordinal) || json.Contains(@"\u2022", StringComparison.OrdinalIgnoreCase));

    /// <summary>A field that a target shows under this name is one of those that were hidden.</summary>
    public bool Hides(string name) => _names.Contains(name);

    /// <summary>What a repair changes that its author was not shown and could have been: where, and what kind of field it is. What is secret nobody is shown, so it may be written anew.</summary>
    public IEnumerable<(string Pointer, FieldClasses Classes)> Blind(string before, string after) =>
        IsThin ? [] :
        from place in Places(before, hidden & ~FieldClasses.Secret)
        let classes = schema!.Field(place)!.Tags.Classes
        where !classes.HasFlag(FieldClasses.Secret) && JsonEdit.Read(before, place) != JsonEdit.Read(after, place)
        select (place, classes & hidden);

    /// <summary>What somebody else said, such as a target's answer, without the values that were hidden.</summary>
    public string? Scrub(string? text) =>
        text is null ? null : _values.OrderByDescending(value => value.Length).Aggregate(text, (said, value) => said.Replace(value, Dots, StringComparison.Ordinal));

    private string DotsOf(string place, string literal, string version)
    {
        using var value = JsonDocument.Parse(literal, new JsonDocumentOptions { MaxDepth = JsonEdit.MaxDepth });
        Note(JsonPointer.Name(place), value.RootElement);
        var dots = _known.TryGetValue(place, out var before) && before.Literal == literal ? before.Dots : version.Length == 0 ? Dots : $"{Dots} {version}";
        _known[place] = (literal, dots);
        return dots;
    }

    // A value of a few letters would be found in every other word.
    private void Note(string name, JsonElement value)
    {
        _names.Add(name);
        foreach (var member in value.ValueKind is JsonValueKind.Object ? value.EnumerateObject().ToList() : [])
        {
            Note(member.Name, member.Value);
        }

        foreach (var element in value.ValueKind is JsonValueKind.Array ? value.EnumerateArray().ToList() : [])
        {
            Note(name, element);
        }

        if (value.ValueKind is JsonValueKind.String or JsonValueKind.Number && value.ToString() is { Length: >= ShortestValue } text)
        {
            _values.Add(text);
        }
    }

    private static bool IsDots(string? literal) => literal is ['"', ..] && JsonEdit.Plain(literal).StartsWith(Dots, StringComparison.Ordinal);

    private List<string> Places(string json) => Places(json, hidden);

    private List<string> Places(string json, FieldClasses classes)
    {
        try
        {
            using var payload = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = JsonEdit.MaxDepth });
            return [.. schema!.Places(payload.RootElement, classes)];
        }
        catch (JsonException)
        {
            return [];          // while it is typed, by the one who types it
        }
    }
}
