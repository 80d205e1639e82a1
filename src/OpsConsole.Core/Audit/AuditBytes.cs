using System.Buffers.Binary;
using System.Text;

namespace OpsConsole.Audit;

/// <summary>
/// The bytes that are hashed, version 1 (docs/decisions/0028 tells them so that anybody can write a verifier). Numbers are big-endian; a text is its length in bytes
/// (4) and its UTF-8. An entry is <c>OCA1</c>, its id (16, as it is written), its time in microseconds since 1970 (8), then actor id, actor name, action, subject and
/// detail as texts, then 0, or 1 and the unit as a text.
/// </summary>
public static class AuditBytes
{
    private const int FixedBytes = 4 + 16 + 8 + (6 * 4) + 1;
    private static ReadOnlySpan<byte> Mark => "OCA1"u8;

    /// <summary>What stands before the first entry: 32 zeros.</summary>
    public static byte[] Nothing => new byte[32];

    /// <summary>The entry's own hash.</summary>
    public static byte[] HashOf(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ReadOnlySpan<string> texts = [entry.ActorId, entry.ActorName, entry.Action, entry.Subject, entry.Detail, entry.Unit ?? ""];
        var size = FixedBytes;
        foreach (var text in texts)
        {
            size += Encoding.UTF8.GetByteCount(text);
        }

        var bytes = new byte[size];
        Mark.CopyTo(bytes);
        entry.Id.TryWriteBytes(bytes.AsSpan(4), bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(20), Micros(entry.At));
        var at = 28;
        for (var i = 0; i < texts.Length; i++)
        {
            if (i == texts.Length - 1)
            {
                bytes[at++] = entry.Unit is null ? (byte)0 : (byte)1;
                if (entry.Unit is null)
                {
                    break;
                }
            }

            var length = Encoding.UTF8.GetBytes(texts[i], bytes.AsSpan(at + 4));
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), length);
            at += 4 + length;
        }

        return Sha(bytes.AsSpan(0, at));
    }

    /// <summary>The chain after an entry: SHA-256 of the chain before it, its number (8), its hash, and when it was sealed in microseconds since 1970 (8).</summary>
    public static byte[] Link(ReadOnlySpan<byte> before, long number, ReadOnlySpan<byte> entryHash, DateTimeOffset sealedAt)
    {
        Span<byte> bytes = stackalloc byte[32 + 8 + 32 + 8];
        before.CopyTo(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes[32..], number);
        entryHash.CopyTo(bytes[40..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes[72..], Micros(sealedAt));
        return Sha(bytes);
    }

    /// <summary>To the microsecond, which both databases keep.</summary>
    public static DateTimeOffset Kept(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    private static long Micros(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    private static byte[] Sha(ReadOnlySpan<byte> bytes)
    {
        var hash = new byte[32];
        Ids.Sha256(bytes, hash);
        return hash;
    }
}
