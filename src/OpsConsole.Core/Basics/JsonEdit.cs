using System.Text;
using System.Text.Json;

namespace OpsConsole.Basics;

/// <summary>
/// Changes one value in a JSON text and leaves every other byte as it is: order, blanks, and how numbers are written. A name that stands
/// twice in an object means its last one, as most readers take it.
/// </summary>
public static class JsonEdit
{
    public const int MaxDepth = 256;

    private static readonly JsonReaderOptions s_strict = new() { MaxDepth = MaxDepth };

    /// <summary>The value at the pointer as it is written; nothing: it is not there, or the text is not JSON.</summary>
    public static string? Read(string json, string pointer)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        return Way(bytes, pointer) is { Missing: 0, Value: { } value } ? Encoding.UTF8.GetString(bytes[value.Start..value.End]) : null;
    }

    /// <summary>The text with the value set. A field that is missing is added at the end of its object, its objects too; nothing when there is no such place.</summary>
    /// <param name="json">The text.</param>
    /// <param name="pointer">Where.</param>
    /// <param name="literal">The value, as JSON.</param>
    public static string? Set(string json, string pointer, string literal)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        if (JsonPointer.Read(pointer) is not { } names || Way(bytes, pointer) is not { } way)
        {
            return null;
        }

        if (way.Missing == 0)
        {
            return Replace(bytes, way.Value!.Value.Start, way.Value.Value.End, literal);
        }

        var wrapped = names.TakeLast(way.Missing - 1).Reverse().Aggregate(literal, (inner, name) => $"{{{Quote(name)}:{inner}}}");
        var added = names[^way.Missing];
        return way.Container is not { } container ? null
            : bytes[container.Start] is (byte)'{' ? Add(bytes, container, added, wrapped)
            : IsNull(bytes, container) ? Replace(bytes, container.Start, container.End, $"{{{Quote(added)}:{wrapped}}}")
            : null;
    }

    /// <summary>The text without the field and its comma; the same text when it is not there. Elements of lists stay.</summary>
    public static string Remove(string json, string pointer)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        if (Way(bytes, pointer) is not { Missing: 0, Container: { } container } || bytes[container.Start] is not (byte)'{')
        {
            return json;
        }

        var members = Members(bytes, container);
        var at = members.FindLastIndex(member => member.Name == JsonPointer.Name(pointer));
        var (from, to) = at > 0 ? (members[at - 1].Value.End, members[at].Value.End)
            : members.Count > 1 ? (members[0].Start, members[1].Start)
            : (members[0].Start, members[0].Value.End);
        return Replace(bytes, from, to, "");
    }

    /// <summary>A text as JSON writes it.</summary>
    public static string Quote(string text) => JsonSerializer.Serialize(text, JsonStyle.Plain);

    /// <summary>The text of a JSON string; any other value as it is written.</summary>
    public static string Plain(string literal) => literal is ['"', ..] ? JsonSerializer.Deserialize<string>(literal) ?? "" : literal;

    // How far the pointer leads: the value when all of it is there, else the last container and how many names are missing below it.
    private static Steps? Way(byte[] bytes, string pointer)
    {
        if (JsonPointer.Read(pointer) is not { } names || Whole(bytes) is not { } value)
        {
            return null;
        }

        Range? container = null;
        for (var at = 0; at < names.Length; at++)
        {
            container = value;
            var next = bytes[value.Start] switch
            {
                (byte)'{' => Members(bytes, value).FindLast(member => member.Name == names[at])?.Value,
                (byte)'[' => int.TryParse(names[at], out var index) && index >= 0 && Elements(bytes, value) is var all && index < all.Count ? all[index] : null,
                _ => (Range?)null,
            };
            if (next is not { } found)
            {
                return new Steps(names.Length - at, null, container);
            }

            value = found;
        }

        return new Steps(0, value, container);
    }

    private static Range? Whole(byte[] bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes, s_strict);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            var end = (int)reader.BytesConsumed;
            return reader.Read() ? null : new Range(start, end);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static List<Member> Members(byte[] bytes, Range within)
    {
        var members = new List<Member>();
        var reader = new Utf8JsonReader(bytes.AsSpan(within.Start, within.End - within.Start), s_strict);
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var (name, start, named) = (reader.GetString()!, within.Start + (int)reader.TokenStartIndex, within.Start + (int)reader.TokenStartIndex + reader.ValueSpan.Length + 2);
            members.Add(new Member(name, start, named, Value(ref reader, within.Start)));
        }

        return members;
    }

    private static List<Range> Elements(byte[] bytes, Range within)
    {
        var elements = new List<Range>();
        var reader = new Utf8JsonReader(bytes.AsSpan(within.Start, within.End - within.Start), s_strict);
        reader.Read();
        while (true)
        {
            var probe = reader;
            if (!probe.Read() || probe.TokenType is JsonTokenType.EndArray)
            {
                return elements;
            }

            elements.Add(Value(ref reader, within.Start));
        }
    }

    private static Range Value(ref Utf8JsonReader reader, int offset)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new Range(offset + start, offset + (int)reader.BytesConsumed);
    }

    // As its neighbours are written: the blanks between the last two members, and around the last colon.
    private static string Add(byte[] bytes, Range container, string name, string literal)
    {
        if (Members(bytes, container) is not [.., var last] members)
        {
            return Replace(bytes, container.Start + 1, container.Start + 1, $"{Quote(name)}:{literal}");
        }

        var from = members.Count > 1 ? members[^2].Value.End : container.Start + 1;
        var between = Encoding.UTF8.GetString(bytes[from..last.Start]);
        var colon = Encoding.UTF8.GetString(bytes[last.Named..last.Value.Start]);
        return Replace(bytes, last.Value.End, last.Value.End, $"{(members.Count > 1 ? "" : ",")}{between}{Quote(name)}{colon}{literal}");
    }

    private static bool IsNull(byte[] bytes, Range range) => bytes.AsSpan(range.Start, range.End - range.Start).SequenceEqual("null"u8);

    private static string Replace(byte[] bytes, int from, int to, string with) =>
        $"{Encoding.UTF8.GetString(bytes.AsSpan(0, from))}{with}{Encoding.UTF8.GetString(bytes.AsSpan(to))}";

    private readonly record struct Range(int Start, int End);

    /// <param name="Named">Where its name ends, the closing quote included.</param>
    private sealed record Member(string Name, int Start, int Named, Range Value);

    private sealed record Steps(int Missing, Range? Value, Range? Container);
}
