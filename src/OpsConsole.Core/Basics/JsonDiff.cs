using System.Text.Json;

namespace OpsConsole.Basics;

/// <summary>One value that differs.</summary>
/// <param name="Pointer">Where (RFC 6901).</param>
/// <param name="Before">As it was written; nothing: it was not there.</param>
/// <param name="After">As it is written; nothing: it is gone.</param>
public sealed record JsonChange(string Pointer, string? Before, string? After);

/// <summary>What differs between two JSON texts, value by value. Order and blanks say nothing, and numbers count by value: 5200.00 is 5200.</summary>
public static class JsonDiff
{
    private static readonly JsonDocumentOptions s_strict = new() { MaxDepth = JsonEdit.MaxDepth };

    /// <exception cref="JsonException">One of them is not JSON.</exception>
    public static IReadOnlyList<JsonChange> Of(string before, string after)
    {
        using var was = JsonDocument.Parse(before, s_strict);
        using var now = JsonDocument.Parse(after, s_strict);
        var changes = new List<JsonChange>();
        Compare("", was.RootElement, now.RootElement, changes);
        return changes;
    }

    /// <summary>True when both say the same.</summary>
    public static bool Same(JsonElement one, JsonElement other)
    {
        var changes = new List<JsonChange>();
        Compare("", one, other, changes);
        return changes.Count == 0;
    }

    // What is missing on one side is compared with nothing inside, so that a change always names a single value.
    private static void Compare(string pointer, JsonElement? before, JsonElement? after, List<JsonChange> changes)
    {
        var (was, now) = (Kind(before), Kind(after));
        if (Holds(was) && (was == now || (IsNothing(now) && Any(before!.Value))) || (Holds(now) && IsNothing(was) && Any(after!.Value)))
        {
            Below(pointer, before, after, was is JsonValueKind.Object || now is JsonValueKind.Object, changes);
        }
        else if (!Alike(before, after))
        {
            changes.Add(new JsonChange(pointer, before?.GetRawText(), after?.GetRawText()));
        }
    }

    private static void Below(string pointer, JsonElement? before, JsonElement? after, bool named, List<JsonChange> changes)
    {
        if (named)
        {
            var (was, now) = (Members(before), Members(after));
            foreach (var name in was.Keys.Union(now.Keys, StringComparer.Ordinal))
            {
                Compare(JsonPointer.Below(pointer, name), Get(was, name), Get(now, name), changes);
            }

            return;
        }

        var (left, right) = (Elements(before), Elements(after));
        for (var at = 0; at < Math.Max(left.Count, right.Count); at++)
        {
            Compare(JsonPointer.Below(pointer, at.ToString(System.Globalization.CultureInfo.InvariantCulture)), at < left.Count ? left[at] : null, at < right.Count ? right[at] : null, changes);
        }
    }

    private static bool Alike(JsonElement? before, JsonElement? after) => (before, after) switch
    {
        (null, null) => true,
        ({ ValueKind: JsonValueKind.String } was, { ValueKind: JsonValueKind.String } now) => was.ValueEquals(now.GetString()),
        ({ ValueKind: JsonValueKind.Number } was, { ValueKind: JsonValueKind.Number } now) => SameNumber(was.GetRawText(), now.GetRawText()),
        ({ } was, { } now) => was.ValueKind == now.ValueKind && was.GetRawText() == now.GetRawText(),
        _ => false,
    };

    private static bool SameNumber(string was, string now) =>
        was == now || (ExactNumber.TryParse(was, out var left) && ExactNumber.TryParse(now, out var right) && left == right);

    private static bool Holds(JsonValueKind kind) => kind is JsonValueKind.Object or JsonValueKind.Array;

    private static bool IsNothing(JsonValueKind kind) => kind is JsonValueKind.Undefined or JsonValueKind.Null;

    private static bool Any(JsonElement holder) => holder.ValueKind is JsonValueKind.Object ? holder.EnumerateObject().Any() : holder.GetArrayLength() > 0;

    private static JsonValueKind Kind(JsonElement? value) => value?.ValueKind ?? JsonValueKind.Undefined;

    private static JsonElement? Get(Dictionary<string, JsonElement> members, string name) => members.TryGetValue(name, out var value) ? value : null;

    private static Dictionary<string, JsonElement> Members(JsonElement? holder)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (holder is { ValueKind: JsonValueKind.Object } known)
        {
            foreach (var member in known.EnumerateObject())
            {
                members[member.Name] = member.Value;
            }
        }

        return members;
    }

    private static List<JsonElement> Elements(JsonElement? holder) => holder is { ValueKind: JsonValueKind.Array } known ? [.. known.EnumerateArray()] : [];
}
