using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace OpsConsole.Basics;

/// <summary>
/// Keys that are computed from what they name, so that any node, any order of arrival and any rebuild makes the same ones.
/// Parts are joined by a zero byte, compared byte for byte (`A1`, `a1` and `A1 ` are three) and hashed with SHA-256.
/// </summary>
public static class Ids
{
    // One for each thread, because making one costs as much as hashing a short text.
    [ThreadStatic]
    private static IncrementalHash? s_sha;

    /// <summary>The identity of an event: SHA-256 of (source, 0, id). 32 bytes.</summary>
    public static byte[] OfEvent(string source, string id) => Hash([source, id]);

    /// <summary>The key of a business object, or of a name as somebody spoke it when the speaker does not matter.</summary>
    public static Guid OfObject(string type, string id) => Key([type, id]);

    /// <summary>The key of an object's name in one system.</summary>
    public static Guid OfName(string type, string system, string id) => Key([type, system, id]);

    /// <summary>The first 16 bytes of the SHA-256 over the parts: 128 bits, so a clash is not to be expected in any table's life.</summary>
    public static Guid Key(ReadOnlySpan<string> parts)
    {
        Span<byte> hash = stackalloc byte[32];
        Hash(parts, hash);
        return new Guid(hash[..16], bigEndian: true);
    }

    public static byte[] Hash(ReadOnlySpan<string> parts)
    {
        var hash = new byte[32];
        Hash(parts, hash);
        return hash;
    }

    /// <summary>SHA-256 of the bytes, for where many short ones are hashed.</summary>
    internal static void Sha256(ReadOnlySpan<byte> bytes, Span<byte> hash)
    {
        var sha = s_sha ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(bytes);
        sha.GetHashAndReset(hash);
    }

    private static void Hash(ReadOnlySpan<string> parts, Span<byte> hash)
    {
        var size = parts.Length;
        foreach (var part in parts)
        {
            size += Encoding.UTF8.GetMaxByteCount(part.Length);
        }

        var rented = ArrayPool<byte>.Shared.Rent(size);
        var used = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            if (i > 0)
            {
                rented[used++] = 0;
            }

            used += Encoding.UTF8.GetBytes(parts[i], rented.AsSpan(used));
        }

        Sha256(rented.AsSpan(0, used), hash);
        ArrayPool<byte>.Shared.Return(rented);
    }
}
