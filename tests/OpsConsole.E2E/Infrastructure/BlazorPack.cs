using System.Buffers.Binary;
using System.Text;

namespace OpsConsole.E2E.Infrastructure;

/// <summary>
/// As much of SignalR's MessagePack protocol as a Blazor circuit speaks under the name <c>blazorpack</c>: arrays of plain values, each message
/// behind its length as a variable-length number (SignalR's HubProtocol.md, "MessagePack (MsgPack) encoding").
/// </summary>
internal static class BlazorPack
{
    public const int Invocation = 1;
    public const int Completion = 3;
    public const int Ping = 6;

    public static byte[] Call(string? id, string target, params object?[] arguments) =>
        Framed([Invocation, new Dictionary<string, object?>(), id, target, arguments, Array.Empty<object?>()]);

    public static byte[] Alive() => Framed([Ping]);

    /// <summary>Takes the first whole message out of what has come.</summary>
    /// <returns>Nothing while it is not whole.</returns>
    public static object?[]? Take(List<byte> come)
    {
        var (length, prefix) = (0, 0);
        do
        {
            if (prefix >= come.Count)
            {
                return null;
            }

            length |= (come[prefix] & 0x7f) << (7 * prefix);
        }
        while ((come[prefix++] & 0x80) != 0);

        if (come.Count < prefix + length)
        {
            return null;
        }

        var message = come.GetRange(prefix, length).ToArray();
        come.RemoveRange(0, prefix + length);
        var at = 0;
        return (object?[])Read(message, ref at)!;
    }

    private static byte[] Framed(object?[] message)
    {
        using var body = new MemoryStream();
        Write(body, message);
        using var framed = new MemoryStream();
        var length = (uint)body.Length;
        for (; length >= 0x80; length >>= 7)
        {
            framed.WriteByte((byte)(length | 0x80));
        }

        framed.WriteByte((byte)length);
        body.WriteTo(framed);
        return framed.ToArray();
    }

    private static void Write(Stream to, object? value)
    {
        switch (value)
        {
            case null:
                to.WriteByte(0xc0);
                break;
            case bool truth:
                to.WriteByte(truth ? (byte)0xc3 : (byte)0xc2);
                break;
            case int number:
                Write(to, (long)number);
                break;
            case long number:
                to.WriteByte(0xd3);
                Write(to, number, BinaryPrimitives.WriteInt64BigEndian, 8);
                break;
            case string text:
                var bytes = Encoding.UTF8.GetBytes(text);
                to.WriteByte(0xdb);
                Write(to, (uint)bytes.Length, BinaryPrimitives.WriteUInt32BigEndian, 4);
                to.Write(bytes);
                break;
            case object?[] items:
                to.WriteByte(0xdd);
                Write(to, (uint)items.Length, BinaryPrimitives.WriteUInt32BigEndian, 4);
                Array.ForEach(items, item => Write(to, item));
                break;
            case Dictionary<string, object?> { Count: 0 }:
                to.WriteByte(0x80);
                break;
            default:
                throw new NotSupportedException($"A circuit is not sent a {value.GetType()}.");
        }
    }

    private static void Write<T>(Stream to, T value, WriteNumber<T> write, int size)
    {
        Span<byte> bytes = stackalloc byte[8];
        write(bytes, value);
        to.Write(bytes[..size]);
    }

    private static object? Read(byte[] from, ref int at)
    {
        var code = from[at++];
        return code switch
        {
            <= 0x7f => (long)code,
            <= 0x8f => Map(from, ref at, code & 0x0f),
            <= 0x9f => Items(from, ref at, code & 0x0f),
            <= 0xbf => Text(from, ref at, code & 0x1f),
            0xc0 => null,
            0xc2 => false,
            0xc3 => true,
            0xc4 => Bytes(from, ref at, (int)Number(from, ref at, 1)),
            0xc5 => Bytes(from, ref at, (int)Number(from, ref at, 2)),
            0xc6 => Bytes(from, ref at, (int)Number(from, ref at, 4)),
            0xca => BitConverter.Int32BitsToSingle((int)Number(from, ref at, 4)),
            0xcb => BitConverter.Int64BitsToDouble(Number(from, ref at, 8)),
            0xcc => Number(from, ref at, 1),
            0xcd => Number(from, ref at, 2),
            0xce => Number(from, ref at, 4),
            0xcf or 0xd3 => Number(from, ref at, 8),
            0xd0 => (long)(sbyte)Number(from, ref at, 1),
            0xd1 => (long)(short)Number(from, ref at, 2),
            0xd2 => (long)(int)Number(from, ref at, 4),
            0xd9 => Text(from, ref at, (int)Number(from, ref at, 1)),
            0xda => Text(from, ref at, (int)Number(from, ref at, 2)),
            0xdb => Text(from, ref at, (int)Number(from, ref at, 4)),
            0xdc => Items(from, ref at, (int)Number(from, ref at, 2)),
            0xdd => Items(from, ref at, (int)Number(from, ref at, 4)),
            0xde => Map(from, ref at, (int)Number(from, ref at, 2)),
            >= 0xe0 => (long)(sbyte)code,
            _ => throw new InvalidDataException($"A circuit does not send the code {code:x2}."),
        };
    }

    private static long Number(byte[] from, ref int at, int size)
    {
        var number = 0L;
        for (var end = at + size; at < end; at++)
        {
            number = (number << 8) | from[at];
        }

        return number;
    }

    private static byte[] Bytes(byte[] from, ref int at, int length) => from[at..(at += length)];

    private static string Text(byte[] from, ref int at, int length) => Encoding.UTF8.GetString(Bytes(from, ref at, length));

    private static object?[] Items(byte[] from, ref int at, int count)
    {
        var items = new object?[count];
        for (var i = 0; i < count; i++)
        {
            items[i] = Read(from, ref at);
        }

        return items;
    }

    private static Dictionary<string, object?> Map(byte[] from, ref int at, int count)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            map[(string)Read(from, ref at)!] = Read(from, ref at);
        }

        return map;
    }

    private delegate void WriteNumber<in T>(Span<byte> to, T value);
}
