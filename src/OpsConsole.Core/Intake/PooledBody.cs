using System.Buffers;
using OpsConsole.Sources;

namespace OpsConsole.Intake;

/// <summary>The bytes of one request, in a rented buffer that goes back when the request is settled. Its size is charged to the queue's budget while it lives.</summary>
public sealed class PooledBody(IntakeBudget budget, Lane lane) : IDisposable
{
    private byte[] _buffer = [];
    private int _length;
    private long _charged;

    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, _length);

    /// <summary>Room to read into: at least a few kilobytes, or nothing when the budget is spent.</summary>
    public Memory<byte>? Room(int atLeast = 16 << 10)
    {
        if (_buffer.Length - _length < atLeast && !Grow(_length + atLeast))
        {
            return null;
        }

        return _buffer.AsMemory(_length);
    }

    /// <summary>So many bytes were read into <see cref="Room"/>.</summary>
    public void Advance(int count) => _length += count;

    public void Dispose()
    {
        budget.Return(lane, _charged);
        _charged = 0;
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            _length = 0;
        }
    }

    private bool Grow(int needed)
    {
        var size = Math.Max(needed, (int)Math.Min(2L * _buffer.Length, Array.MaxLength));
        if (!budget.Take(lane, size - _charged, _charged))
        {
            return false;
        }

        _charged = size;
        var larger = ArrayPool<byte>.Shared.Rent(size);
        Memory.CopyTo(larger);
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = larger;
        return true;
    }
}
