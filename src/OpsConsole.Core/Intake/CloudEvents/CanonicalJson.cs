using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace OpsConsole.Intake.CloudEvents;

/// <summary>
/// JSON in one spelling: keys sorted by their bytes, escapes resolved, numbers by value (5200.00 = 5200 = 5.2e3). Two contents are the same when
/// these bytes are. On its way it finds text that no column takes: NUL, broken UTF-8, half a surrogate pair.
/// </summary>
/// <remarks>The bytes are only hashed, so they need not be JSON again: strings end with 0xFF, which no UTF-8 holds. Used by one reader at a time, over and over.</remarks>
internal sealed class CanonicalJson
{
    private const byte End = 0xFF;
    private const int Few = 32;

    private readonly List<Member> _members = [];
    private byte[] _buffer = new byte[4 << 10];
    private byte[] _sorted = [];
    private int _length;
    private int _depth;
    private Member? _member;
    private bool _clean;

    /// <summary>What is wrong with a text in it, or nothing.</summary>
    public (string Reason, string? Member, string Wanted)? Problem { get; private set; }

    /// <summary>SHA-256 over the parts and the data. The data must have passed the scan: syntax and depth are known to be right.</summary>
    /// <param name="type">The event's type.</param>
    /// <param name="subject">Its subject, if any.</param>
    /// <param name="ticks">Its time.</param>
    /// <param name="data">JSON.</param>
    /// <param name="clean">All of it is UTF-8 without NUL, so that only escapes can hide what no column takes.</param>
    public byte[] Hash(string type, string? subject, long ticks, ReadOnlySpan<byte> data, bool clean)
    {
        _clean = clean;
        _length = 0;
        Problem = null;
        Part(type);
        Part(subject);
        Room(sizeof(long));
        MemoryMarshal.Write(_buffer.AsSpan(_length), ticks);
        _length += sizeof(long);
        Value(data);
        var hash = new byte[SHA256.HashSizeInBytes];
        Ids.Sha256(_buffer.AsSpan(0, _length), hash);
        return hash;
    }

    /// <summary>The bytes themselves, for tests.</summary>
    internal byte[] Of(ReadOnlySpan<byte> data)
    {
        _length = 0;
        Problem = null;
        Value(data);
        return _buffer[.._length];
    }

    private void Value(ReadOnlySpan<byte> data)
    {
        _depth = 0;
        _member = null;
        _members.Clear();
        if (data.IsEmpty)
        {
            return;
        }

        var reader = new Utf8JsonReader(data, JsonScan.AnyDepth);
        reader.Read();
        Value(ref reader);
    }

    private void Value(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                Object(ref reader);
                break;
            case JsonTokenType.StartArray:
                Put((byte)'[');
                while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
                {
                    Value(ref reader);
                }

                Put((byte)']');
                break;
            case JsonTokenType.String:
                Put((byte)'"');
                Text(ref reader);
                break;
            case JsonTokenType.Number:
                Room(reader.ValueSpan.Length + 32);
                _length += CanonicalNumber.Write(reader.ValueSpan, _buffer.AsSpan(_length));
                Put(End);
                break;
            default:
                Put((byte)reader.TokenType);
                break;
        }
    }

    private void Object(ref Utf8JsonReader reader)
    {
        Put((byte)'{');
        var first = _members.Count;
        _depth++;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var start = _length;
            Text(ref reader);
            var name = _length - start;
            if (_depth == 1)
            {
                _member = new Member(start, name, 0, 0);
            }

            reader.Read();
            Value(ref reader);
            _members.Add(new Member(start, name, _length - start, FirstOf(start, name)));
        }

        _depth--;
        Sort(first);
        Put((byte)'}');
    }

    private void Text(ref Utf8JsonReader reader)
    {
        Room(reader.ValueSpan.Length + 1);
        if (_clean && !reader.ValueIsEscaped)
        {
            reader.ValueSpan.CopyTo(_buffer.AsSpan(_length));
            _length += reader.ValueSpan.Length;
            _buffer[_length++] = End;
            return;
        }

        var written = 0;
        if (reader.ValueIsEscaped)
        {
            try
            {
                written = reader.CopyString(_buffer.AsSpan(_length));
            }
            catch (InvalidOperationException)
            {
                Wrong("bad-text", "holds an escape that is no character, or broken UTF-8");
            }
        }
        else if (Utf8.IsValid(reader.ValueSpan))
        {
            reader.ValueSpan.CopyTo(_buffer.AsSpan(_length));
            written = reader.ValueSpan.Length;
        }
        else
        {
            Wrong("bad-utf8", "holds bytes that are not UTF-8");
        }

        if (_buffer.AsSpan(_length, written).Contains((byte)0))
        {
            Wrong("nul", "holds a NUL character, which no text may");
        }

        _length += written;
        Put(End);
    }

    private void Wrong(string reason, string wanted) =>
        Problem ??= (reason, _member is { } member ? Encoding.UTF8.GetString(_buffer, member.Start, member.Name - 1) : null, wanted);

    private void Sort(int first)
    {
        var members = CollectionsMarshal.AsSpan(_members)[first..];
        if (!InOrder(members))
        {
            var (from, to) = (members[0].Start, _length);
            Arrange(members);
            if (_sorted.Length < to - from)
            {
                _sorted = new byte[Math.Max(to - from, 2 * _sorted.Length)];
            }

            var at = 0;
            foreach (var member in members)
            {
                _buffer.AsSpan(member.Start, member.Length).CopyTo(_sorted.AsSpan(at));
                at += member.Length;
            }

            _sorted.AsSpan(0, at).CopyTo(_buffer.AsSpan(from));
        }

        _members.RemoveRange(first, _members.Count - first);
    }

    /// <summary>Same names stay in their order. Objects have few members, so each is moved to its place among those before it.</summary>
    private void Arrange(Span<Member> members)
    {
        if (members.Length > Few)
        {
            members.Sort((a, b) => Compare(a, b) is var order and not 0 ? order : a.Start - b.Start);
            return;
        }

        for (var i = 1; i < members.Length; i++)
        {
            var moved = members[i];
            var at = i;
            for (; at > 0 && Compare(members[at - 1], moved) > 0; at--)
            {
                members[at] = members[at - 1];
            }

            members[at] = moved;
        }
    }

    private bool InOrder(ReadOnlySpan<Member> members)
    {
        for (var i = 1; i < members.Length; i++)
        {
            if (Compare(members[i - 1], members[i]) > 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>As much of the name as fits in a number that orders like it. What is missing in a short one is never looked at: no name begins with another and its end.</summary>
    private ulong FirstOf(int start, int length)
    {
        if (length >= sizeof(ulong))
        {
            return BinaryPrimitives.ReadUInt64BigEndian(_buffer.AsSpan(start));
        }

        var first = 0UL;
        foreach (var one in _buffer.AsSpan(start, length))
        {
            first = (first << 8) | one;
        }

        return first << (8 * (sizeof(ulong) - length));
    }

    private int Compare(Member a, Member b) => a.First != b.First ? a.First.CompareTo(b.First) : _buffer.AsSpan(a.Start, a.Name).SequenceCompareTo(_buffer.AsSpan(b.Start, b.Name));

    private void Part(string? text)
    {
        Put((byte)(text is null ? 0 : '"'));
        var most = Encoding.UTF8.GetMaxByteCount(text?.Length ?? 0);
        Room(most);
        _length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length));
        Put(End);
    }

    private void Put(byte value)
    {
        Room(1);
        _buffer[_length++] = value;
    }

    private void Room(int bytes)
    {
        if (_buffer.Length - _length < bytes)
        {
            Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _length + bytes));
        }
    }

    /// <summary>A member of an object in the buffer: where it starts, how long its name is, how long the whole.</summary>
    private readonly record struct Member(int Start, int Name, int Length, ulong First);
}
