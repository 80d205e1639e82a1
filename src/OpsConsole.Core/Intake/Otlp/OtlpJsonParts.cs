using System.Globalization;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using OpsConsole.Intake.CloudEvents;
using OpsConsole.Intake.Otlp.Wire;

namespace OpsConsole.Intake.Otlp;

/// <summary>What all signals of OTLP/JSON have in common: resources, scopes, attributes and the shapes of values. Unknown fields are ignored.</summary>
internal abstract class OtlpJsonParts(ReadOnlyMemory<byte> body)
{
    private const int MostNested = 100;

    private readonly Dictionary<object, ReadOnlyMemory<byte>> _texts = new(ReferenceEqualityComparer.Instance);

    protected delegate void Field<T>(string name, ref Utf8JsonReader reader, T into);

    /// <summary>The text of each part that was read.</summary>
    protected IReadOnlyDictionary<object, ReadOnlyMemory<byte>> Texts => _texts;

    /// <exception cref="JsonException">It is not JSON, or a known field has another shape than it must have.</exception>
    protected T Read<T>(T into, Field<T> field)
        where T : class
    {
        var readable = JsonScan.Of(body, elements: false).Readable;
        var reader = new Utf8JsonReader(readable.Span, JsonScan.AnyDepth);
        reader.Read();
        return One(ref reader, into, field);
    }

    protected void Resource(string name, ref Utf8JsonReader reader, Resource into) => Attributes(name, "attributes", ref reader, into.Attributes);

    protected void Scope(string name, ref Utf8JsonReader reader, InstrumentationScope into)
    {
        switch (name)
        {
            case "name": into.Name = Text(ref reader); break;
            case "version": into.Version = Text(ref reader); break;
            default: Attributes(name, "attributes", ref reader, into.Attributes); break;
        }
    }

    protected void Attributes(string name, string wanted, ref Utf8JsonReader reader, IList<KeyValue> into)
    {
        if (name == wanted)
        {
            Each(ref reader, into, KeyValue);
        }
        else
        {
            reader.Skip();
        }
    }

    private void KeyValue(string name, ref Utf8JsonReader reader, KeyValue into)
    {
        switch (name)
        {
            case "key": into.Key = Text(ref reader); break;
            case "value": into.Value = One(ref reader, new AnyValue(), Value); break;
            default: reader.Skip(); break;
        }
    }

    protected void Value(string name, ref Utf8JsonReader reader, AnyValue into)
    {
        switch (name)
        {
            case "stringValue": into.StringValue = Text(ref reader); break;
            case "boolValue": into.BoolValue = Flag(ref reader); break;
            case "intValue": into.IntValue = long.Parse(Digits(ref reader), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture); break;
            case "doubleValue": into.DoubleValue = double.Parse(Digits(ref reader), NumberStyles.Float, CultureInfo.InvariantCulture); break;
            case "arrayValue": into.ArrayValue = One(ref reader, new ArrayValue(), Array); break;
            case "kvlistValue": into.KvlistValue = One(ref reader, new KeyValueList(), List); break;
            case "bytesValue": into.BytesValue = ByteString.FromBase64(Text(ref reader)); break;
            default: reader.Skip(); break;
        }
    }

    private void Array(string name, ref Utf8JsonReader reader, ArrayValue into)
    {
        if (name is "values")
        {
            Each(ref reader, into.Values, Value);
        }
        else
        {
            reader.Skip();
        }
    }

    private void List(string name, ref Utf8JsonReader reader, KeyValueList into) => Attributes(name, "values", ref reader, into.Values);

    protected T One<T>(ref Utf8JsonReader reader, T into, Field<T> field)
        where T : class
    {
        if (reader.TokenType is JsonTokenType.Null)
        {
            return into;
        }

        if (reader.TokenType is not JsonTokenType.StartObject || reader.CurrentDepth > MostNested)
        {
            throw new JsonException($"a JSON object is wanted at byte {reader.TokenStartIndex}, nested at most {MostNested} levels deep");
        }

        var start = (int)reader.TokenStartIndex;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = Text(ref reader);
            reader.Read();
            try
            {
                field(name, ref reader, into);
            }
            catch (Exception failure) when (failure is FormatException or OverflowException)
            {
                throw new JsonException($"{name} before byte {reader.BytesConsumed} cannot be read: {failure.Message}", failure);
            }
        }

        _texts[into] = body[start..(int)reader.BytesConsumed];
        return into;
    }

    protected void Each<T>(ref Utf8JsonReader reader, IList<T> into, Field<T> field)
        where T : class, new()
    {
        if (reader.TokenType is JsonTokenType.Null)
        {
            return;
        }

        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            throw new JsonException($"a JSON array is wanted at byte {reader.TokenStartIndex}");
        }

        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            into.Add(One(ref reader, new T(), field));
        }
    }

    /// <summary>Whatever is no character becomes U+FFFD; the readable copy of the body has a letter where NUL was.</summary>
    protected static string Text(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => "",
        JsonTokenType.String or JsonTokenType.PropertyName => JsonText.TryRead(ref reader) ?? Encoding.UTF8.GetString(reader.ValueSpan),
        _ => throw new FormatException("a string is wanted"),
    };

    private static bool Flag(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.True || (reader.TokenType is not JsonTokenType.False && Text(ref reader) is "true");

    protected static string Digits(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number => Encoding.ASCII.GetString(reader.ValueSpan),
        JsonTokenType.String => Text(ref reader),
        JsonTokenType.Null => "0",
        _ => throw new FormatException("a number is wanted"),
    };

    protected static ulong Nanos(ref Utf8JsonReader reader) =>
        decimal.Parse(Digits(ref reader), NumberStyles.Float, CultureInfo.InvariantCulture) is var nanos && nanos <= 0 ? 0UL : (ulong)decimal.Min(nanos, ulong.MaxValue);

    /// <summary>What is not hex gives an empty id, which is refused with its span and not with the body.</summary>
    protected static ByteString Hex(ref Utf8JsonReader reader)
    {
        var text = Text(ref reader);
        return text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit) ? ByteString.CopyFrom(Convert.FromHexString(text)) : ByteString.Empty;
    }

    protected static T Number<T>(ref Utf8JsonReader reader, string prefix)
        where T : struct, Enum
    {
        if (reader.TokenType is JsonTokenType.Number)
        {
            return (T)Enum.ToObject(typeof(T), reader.TryGetInt32(out var number) ? number : 0);
        }

        var name = Text(ref reader);
        return Enum.TryParse<T>(name.Replace(prefix, "", StringComparison.Ordinal), ignoreCase: true, out var value) ? value : default;
    }
}
