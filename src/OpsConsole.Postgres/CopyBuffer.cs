using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace OpsConsole.Postgres;

/// <summary>Rows in PostgreSQL's binary COPY format, in one rented buffer: each field its length in bytes (−1: NULL), then its value, big-endian.</summary>
internal sealed class CopyBuffer : IDisposable
{
    private const int FirstSize = 256 << 10;
    private static readonly long s_epochTicks = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private static readonly int s_epochDay = new DateOnly(2000, 1, 1).DayNumber;

    private static ReadOnlySpan<byte> Header => [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstSize);

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>An id as bytea.</summary>
    public static byte[] Bytes(UInt128 id)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, id);
        return bytes;
    }

    /// <summary>An id as bytea.</summary>
    public static byte[] Bytes(ulong id)
    {
        var bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, id);
        return bytes;
    }

    public void Clear() => Length = 0;

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    /// <summary>What stands before the first row: signature, no flags, no extension.</summary>
    public void Begin() => Header.CopyTo(Raw(Header.Length));

    public void Row(int fields) => BinaryPrimitives.WriteInt16BigEndian(Raw(sizeof(short)), (short)fields);

    /// <summary>What stands after the last row.</summary>
    public void End() => BinaryPrimitives.WriteInt16BigEndian(Raw(sizeof(short)), -1);

    public void Null() => BinaryPrimitives.WriteInt32BigEndian(Raw(sizeof(int)), -1);

    public void Write(Guid value) => value.TryWriteBytes(Field(16), bigEndian: true, out _);

    public void Write(ReadOnlySpan<byte> value) => value.CopyTo(Field(value.Length));

    public void Write(UInt128 value) => BinaryPrimitives.WriteUInt128BigEndian(Field(16), value);

    public void Write(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Field(sizeof(ulong)), value);

    public void Write(string value)
    {
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        Room(sizeof(int) + most);
        var length = Encoding.UTF8.GetBytes(value, _bytes.AsSpan(Length + sizeof(int)));
        BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(Length), length);
        Length += sizeof(int) + length;
    }

    public void Write(DateTimeOffset value) => Write((value.UtcTicks - s_epochTicks) / TimeSpan.TicksPerMicrosecond);

    public void Write(DateOnly value) => Write(value.DayNumber - s_epochDay);

    public void Write(long value) => BinaryPrimitives.WriteInt64BigEndian(Field(sizeof(long)), value);

    public void Write(int value) => BinaryPrimitives.WriteInt32BigEndian(Field(sizeof(int)), value);

    public void Write(short value) => BinaryPrimitives.WriteInt16BigEndian(Field(sizeof(short)), value);

    public void Write(bool value) => Field(1)[0] = value ? (byte)1 : (byte)0;

    public void Write(double value) => BinaryPrimitives.WriteDoubleBigEndian(Field(sizeof(double)), value);

    /// <summary>numeric: groups of four decimal digits, the weight of the first, the sign, and how many decimals are shown.</summary>
    public void Write(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var scale = (bits[3] >> 16) & 0xFF;
        var rest = new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        for (var i = scale; i % 4 != 0; i++)
        {
            rest *= 10;
        }

        Span<short> groups = stackalloc short[12];
        var count = 0;
        for (; rest != 0; rest /= 10_000)
        {
            groups[count++] = (short)(rest % 10_000);
        }

        var field = Field((4 + count) * sizeof(short));
        BinaryPrimitives.WriteInt16BigEndian(field, (short)count);
        BinaryPrimitives.WriteInt16BigEndian(field[2..], (short)(count - 1 - ((scale + 3) / 4)));
        BinaryPrimitives.WriteInt16BigEndian(field[4..], (short)(bits[3] < 0 ? 0x4000 : 0));
        BinaryPrimitives.WriteInt16BigEndian(field[6..], (short)scale);
        for (var i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteInt16BigEndian(field[(8 + (2 * i))..], groups[count - 1 - i]);
        }
    }

    private Span<byte> Field(int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(Raw(sizeof(int)), length);
        return Raw(length);
    }

    private Span<byte> Raw(int length)
    {
        Room(length);
        var span = _bytes.AsSpan(Length, length);
        Length += length;
        return span;
    }

    private void Room(int bytes)
    {
        if (_bytes.Length - Length < bytes)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _bytes.Length, Length + bytes));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }
    }
}
