using System.Text.Json;

namespace OpsConsole.Intake.CloudEvents;

/// <summary>Where one element stands in its body, and how deep it is nested.</summary>
internal readonly record struct Element(int Start, int Length, int Depth);

/// <summary>
/// The first pass over a body: is all of it JSON, and where do its elements begin and end? Depth, broken UTF-8 and NUL bytes inside strings
/// are no syntax errors here: they are the fault of the element that holds them.
/// </summary>
internal sealed class JsonScan
{
    private JsonScan(ReadOnlyMemory<byte> readable, JsonTokenType kind, List<Element> elements) =>
        (Readable, Kind, Elements) = (readable, kind, elements);

    /// <summary>The body as JSON readers take it: raw NUL bytes inside strings are replaced, byte for byte, so that places stay the same.</summary>
    public ReadOnlyMemory<byte> Readable { get; }

    /// <summary>What the body is: an array, an object, or something else.</summary>
    public JsonTokenType Kind { get; }

    /// <summary>Of an array its elements; otherwise the body itself.</summary>
    public IReadOnlyList<Element> Elements { get; }

    /// <summary>Any depth: one level costs the reader one bit.</summary>
    public static JsonReaderOptions AnyDepth => new() { MaxDepth = int.MaxValue };

    /// <exception cref="JsonException">A syntax error.</exception>
    public static JsonScan Of(ReadOnlyMemory<byte> body, bool elements)
    {
        try
        {
            return Scan(body, elements);
        }
        catch (JsonException) when (body.Span.Contains((byte)0))
        {
            // A letter may stand wherever a string is, and nowhere else: outside of strings it is a syntax error as NUL is.
            var patched = body.ToArray();
            patched.AsSpan().Replace((byte)0, (byte)'x');
            return Scan(patched, elements);
        }
    }

    private static JsonScan Scan(ReadOnlyMemory<byte> body, bool elements)
    {
        var reader = new Utf8JsonReader(body.Span, AnyDepth);
        reader.Read();
        var kind = reader.TokenType;
        var found = new List<Element>();
        if (elements && kind is JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
            {
                found.Add(One(ref reader));
            }
        }
        else
        {
            found.Add(One(ref reader));
        }

        reader.Read();              // what follows the end is a syntax error
        return new JsonScan(body, kind, found);
    }

    private static Element One(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        var outside = reader.CurrentDepth;
        var deepest = outside;
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            deepest++;
            while (reader.Read() && reader.CurrentDepth > outside)
            {
                deepest = Math.Max(deepest, reader.CurrentDepth + (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0));
            }
        }

        return new Element(start, (int)reader.BytesConsumed - start, deepest - outside);
    }
}
