using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace OpsConsole.Intake.Otlp;

/// <summary>
/// Reads attributes off the wire into JSON and notices on its way what a span needs to know of them. Whatever is unusual (a field twice, text that
/// no column takes, deep nesting) makes it <see cref="Odd"/>: then the generated classes have the word.
/// </summary>
internal sealed class WireAttributes(WireJson json, BusinessKeys keys)
{
    private const int Deepest = 20;

    private readonly List<(string Type, string Id)> _named = [];
    private bool _first;

    public bool Odd { get; private set; }

    /// <summary>An <c>error.type</c> was among them.</summary>
    public bool Error { get; private set; }

    /// <summary>Where the text of <c>service.name</c> stands: of the first, and only when it is a text.</summary>
    public Place? Service { get; private set; }

    /// <summary>The text of the first usable <c>biz.business_unit</c>.</summary>
    public string? Unit { get; private set; }

    public IReadOnlyList<(string Type, string Id)> Named => _named;

    /// <summary>For the next list of attributes.</summary>
    public void Begin()
    {
        (Odd, Error, Service, Unit, _first) = (false, false, null, null, true);
        _named.Clear();
        json.Clear();
        json.Raw("{"u8);
    }

    public ReadOnlySpan<byte> End()
    {
        json.Raw("}"u8);
        return json.Written;
    }

    /// <summary>One more of them, a <c>KeyValue</c>.</summary>
    public void Add(ReadOnlySpan<byte> body, Place at)
    {
        var (key, value) = Pair(body, at);
        if (Odd)
        {
            return;
        }

        var name = body.Slice(key.Start, key.Length);
        Notice(name, body, value);
        Write(body, name, value, ref _first, 0);
    }

    /// <summary>A list of attributes somewhere inside, without noticing anything: those of events, links and lists.</summary>
    /// <param name="body">The whole body.</param>
    /// <param name="message">The message that holds them.</param>
    /// <param name="field">Under which tag.</param>
    /// <param name="depth">How deep.</param>
    public void Nested(ReadOnlySpan<byte> body, Place message, uint field, int depth = 0)
    {
        json.Raw("{"u8);
        var first = true;
        var cursor = new WireCursor(body, message.Start, message.Length);
        while (!Odd && cursor.Next())
        {
            if (cursor.Tag == field)
            {
                var (key, value) = Pair(body, cursor.Bytes());
                Odd |= cursor.Odd;
                if (!Odd)
                {
                    Write(body, body.Slice(key.Start, key.Length), value, ref first, depth);
                }
            }
            else
            {
                cursor.Skip();
            }
        }

        Odd |= cursor.Odd;
        json.Raw("}"u8);
    }

    /// <summary>True when a text column takes it as it is.</summary>
    public static bool IsText(ReadOnlySpan<byte> text) => Utf8.IsValid(text) && !text.Contains((byte)0);

    private (Place Key, Place? Value) Pair(ReadOnlySpan<byte> body, Place at)
    {
        Place? key = null, value = null;
        var cursor = new WireCursor(body, at.Start, at.Length);
        while (cursor.Next())
        {
            switch (cursor.Tag)
            {
                case 10 when key is null: key = cursor.Bytes(); break;
                case 18 when value is null: value = cursor.Bytes(); break;
                case 10 or 18: Odd = true; return default;
                default: cursor.Skip(); break;
            }
        }

        Odd |= cursor.Odd;
        return (key ?? default, value);
    }

    private void Write(ReadOnlySpan<byte> body, ReadOnlySpan<byte> key, Place? value, ref bool first, int depth)
    {
        if (!IsText(key))
        {
            Odd = true;
            return;
        }

        if (!first)
        {
            json.Raw(","u8);
        }

        first = false;
        json.Text(key);
        json.Raw(":"u8);
        Value(body, value, depth);
    }

    private void Value(ReadOnlySpan<byte> body, Place? value, int depth)
    {
        if (value is not { } at || at.Length == 0)
        {
            json.Raw("null"u8);
            return;
        }

        var cursor = new WireCursor(body, at.Start, at.Length);
        var found = cursor.Next();
        switch (found ? cursor.Tag : 0)
        {
            case 10: Text(body, cursor.Bytes()); break;
            case 16: json.Raw(cursor.Varint() != 0 ? "true"u8 : "false"u8); break;
            case 24: json.Number((long)cursor.Varint()); break;
            case 33: json.Number(BitConverter.UInt64BitsToDouble(cursor.Fixed64())); break;
            case 42 when depth < Deepest: List(body, cursor.Bytes(), depth + 1); break;
            case 50 when depth < Deepest: Nested(body, cursor.Bytes(), 10, depth + 1); break;
            case 58: json.Base64(Of(body, cursor.Bytes())); break;
            default: Odd = true; break;
        }

        // More than one value, or one and something unknown.
        Odd |= cursor.Next() || cursor.Odd;
    }

    private void Text(ReadOnlySpan<byte> body, Place at)
    {
        var text = Of(body, at);
        if (IsText(text))
        {
            json.Text(text);
        }
        else
        {
            Odd = true;
        }
    }

    private void List(ReadOnlySpan<byte> body, Place at, int depth)
    {
        json.Raw("["u8);
        var first = true;
        var cursor = new WireCursor(body, at.Start, at.Length);
        while (!Odd && cursor.Next())
        {
            if (cursor.Tag != 10)
            {
                Odd = true;
                return;
            }

            if (!first)
            {
                json.Raw(","u8);
            }

            first = false;
            Value(body, cursor.Bytes(), depth);
        }

        Odd |= cursor.Odd;
        json.Raw("]"u8);
    }

    private void Notice(ReadOnlySpan<byte> name, ReadOnlySpan<byte> body, Place? value)
    {
        if (name.SequenceEqual("service.name"u8))
        {
            Service ??= value is { } service && Plain(body, service) is { Text: { } text } ? text : default(Place);
        }
        else if (name.SequenceEqual("error.type"u8))
        {
            Error = true;
        }

        if (keys.MayName(name) && value is { } at && IsText(name) && Plain(body, at) is var (said, number) && (said is not null || number is not null))
        {
            var attribute = Encoding.UTF8.GetString(name);
            var text = said is { } place ? Encoding.UTF8.GetString(Of(body, place)) : number!.Value.ToString(CultureInfo.InvariantCulture);
            Unit ??= BusinessKeys.Unit(attribute, text);
            if (keys.Named(attribute, text) is { } named)
            {
                _named.Add(named);
            }
        }
    }

    /// <summary>A value that is one text or one integer.</summary>
    private static (Place? Text, long? Number) Plain(ReadOnlySpan<byte> body, Place value)
    {
        var cursor = new WireCursor(body, value.Start, value.Length);
        return !cursor.Next() ? default
            : cursor.Tag == 10 ? (cursor.Bytes(), null)
            : cursor.Tag == 24 ? (null, (long)cursor.Varint())
            : default;
    }

    private static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> body, Place place) => body.Slice(place.Start, place.Length);
}
