using System.Buffers;

namespace OpsConsole.Intake;

/// <summary>Keeps the small texts that reading a body makes, in rented blocks that go back together.</summary>
internal sealed class Arena : IDisposable
{
    private const int BlockSize = 64 << 10;

    private readonly List<byte[]> _blocks = [];
    private int _used;

    public ReadOnlyMemory<byte> Keep(ReadOnlySpan<byte> text)
    {
        if (_blocks.Count == 0 || _blocks[^1].Length - _used < text.Length)
        {
            _blocks.Add(ArrayPool<byte>.Shared.Rent(Math.Max(BlockSize, text.Length)));
            _used = 0;
        }

        var kept = _blocks[^1].AsMemory(_used, text.Length);
        text.CopyTo(kept.Span);
        _used += text.Length;
        return kept;
    }

    public void Dispose()
    {
        _blocks.ForEach(block => ArrayPool<byte>.Shared.Return(block));
        _blocks.Clear();
    }
}
