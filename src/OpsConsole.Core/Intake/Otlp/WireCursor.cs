using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace OpsConsole.Intake.Otlp;

/// <summary>
/// Goes through the fields of one protobuf message. What is unusual (groups, large field numbers, anything that does not fit) makes it
/// <see cref="Odd"/> and ends it: then the generated classes have the word.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct WireCursor(ReadOnlySpan<byte> body, int from, int length)
{
    private readonly ReadOnlySpan<byte> _body = body;
    private readonly int _end = from + length;
    private int _at = from;

    public bool Odd { get; private set; }

    /// <summary>Field number and wire type of the present field: number * 8 + type (0 varint, 1 eight bytes, 2 bytes with a length, 5 four bytes).</summary>
    public uint Tag { get; private set; }

    /// <summary>Goes to the next field; false at the end.</summary>
    public bool Next()
    {
        if (_at >= _end)
        {
            return false;
        }

        var tag = Varint();
        Tag = (uint)tag;
        if (tag is < 8 or > 0x3FFF)
        {
            Odd = true;
        }

        return !Odd;
    }

    /// <summary>Where a field of bytes stands in the body.</summary>
    public Place Bytes()
    {
        var length = Varint();
        if (Odd || length > (ulong)(_end - _at))
        {
            Odd = true;
            return default;
        }

        var place = new Place(_at, (int)length);
        _at += place.Length;
        return place;
    }

    public ulong Fixed64()
    {
        if (_end - _at < sizeof(ulong))
        {
            Odd = true;
            return 0;
        }

        var value = BinaryPrimitives.ReadUInt64LittleEndian(_body[_at..]);
        _at += sizeof(ulong);
        return value;
    }

    public ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64 && _at < _end; shift += 7)
        {
            var one = _body[_at++];
            value |= (ulong)(one & 0x7F) << shift;
            if (one < 0x80)
            {
                return value;
            }
        }

        Odd = true;
        return 0;
    }

    /// <summary>Passes over a field that nothing is read of.</summary>
    public void Skip()
    {
        switch (Tag & 7)
        {
            case 0: Varint(); break;
            case 1: Pass(8); break;
            case 2: Bytes(); break;
            case 5: Pass(4); break;
            default: Odd = true; break;
        }
    }

    private void Pass(int bytes)
    {
        Odd |= _end - _at < bytes;
        _at += bytes;
    }
}

/// <summary>Where something stands in a body.</summary>
internal readonly record struct Place(int Start, int Length);
