using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpsConsole.Intake.Otlp;

/// <summary>Writes JSON texts from what stands on the wire, as <see cref="AttributeJson"/> writes them from the generated classes. One at a time, over and over.</summary>
internal sealed class WireJson
{
    /// <summary>Needs no escape whatever the encoder: printable ASCII but quote and backslash.</summary>
    private static readonly SearchValues<byte> s_plain = SearchValues.Create([.. Enumerable.Range(0x20, 0x5F).Where(c => c is not ('"' or '\\')).Select(c => (byte)c)]);

    private byte[] _buffer = new byte[4 << 10];
    private int _length;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public void Raw(ReadOnlySpan<byte> json)
    {
        json.CopyTo(Room(json.Length));
        _length += json.Length;
    }

    /// <param name="text">UTF-8 without NUL.</param>
    public void Text(ReadOnlySpan<byte> text)
    {
        var escaped = text.ContainsAnyExcept(s_plain) ? JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes : text;
        var room = Room(escaped.Length + 2);
        room[0] = (byte)'"';
        escaped.CopyTo(room[1..]);
        room[escaped.Length + 1] = (byte)'"';
        _length += escaped.Length + 2;
    }

    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, Room(20), out var written);
        _length += written;
    }

    public void Number(ulong value)
    {
        Utf8Formatter.TryFormat(value, Room(20), out var written);
        _length += written;
    }

    public void Number(double value)
    {
        if (double.IsFinite(value))
        {
            Raw(JsonSerializer.SerializeToUtf8Bytes(value));
        }
        else
        {
            Text(System.Text.Encoding.UTF8.GetBytes(value.ToString(CultureInfo.InvariantCulture)));
        }
    }

    public void Base64(ReadOnlySpan<byte> bytes)
    {
        Raw("\""u8);
        System.Buffers.Text.Base64.EncodeToUtf8(bytes, Room(System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out _, out var written);
        _length += written;
        Raw("\""u8);
    }

    public void Hex(ReadOnlySpan<byte> bytes)
    {
        Raw("\""u8);
        Convert.TryToHexStringLower(bytes, Room(2 * bytes.Length), out var written);
        _length += written;
        Raw("\""u8);
    }

    private Span<byte> Room(int bytes)
    {
        if (_buffer.Length - _length < bytes)
        {
            Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _length + bytes));
        }

        return _buffer.AsSpan(_length);
    }
}
