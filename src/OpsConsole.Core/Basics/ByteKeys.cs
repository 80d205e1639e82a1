using System.Buffers.Binary;

namespace OpsConsole.Basics;

/// <summary>Compares keys that are hashes or random ids: their first bytes are as good as any hash of them.</summary>
internal sealed class ByteKeys : IEqualityComparer<byte[]>, IComparer<byte[]>
{
    public static readonly ByteKeys Instance = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(byte[] obj) => obj.Length >= sizeof(int) ? BinaryPrimitives.ReadInt32LittleEndian(obj) : 0;

    public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
}
