using System.Buffers;
using OpsConsole.Sources;

namespace OpsConsole.Intake;

/// <summary>
/// The bytes of one request, in a rented buffer that goes back when the request is settled. What was read is charged to the queue's budget while
/// it lives, step by step as it comes: who announces much and sends little takes little.
/// </summary>
public sealed class PooledBody(IntakeBudget budget, Lane lane, long largest = int.MaxValue) : IDisposable
{
    private const int Step = 16 << 10;
    private const int Small = 1 << 20;

    // Few and large ones of their own: the shared pool would keep some for every processor.
    private static readonly ArrayPool<byte> s_large = ArrayPool<byte>.Create(1 << 30, maxArraysPerBucket: 2);

    private byte[] _buffer = [];
    private int _length;
    private long _charged;

    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, _length);

    /// <summary>Room to read into: at least so many bytes, or nothing when the budget is spent.</summary>
    public Memory<byte>? Room(int atLeast = Step)
    {
        var needed = _length + (long)atLeast;
        if (needed > _charged)
        {
            var more = Math.Max(needed - _charged, Step);
            if (!budget.Take(lane, more, _charged))
            {
                return null;
            }

            _charged += more;
        }

        if (needed > _buffer.Length)
        {
            Grow(needed);
        }

        return _buffer.AsMemory(_length, (int)Math.Min(_buffer.Length, _charged) - _length);
    }

    /// <summary>So many bytes were read into <see cref="Room"/>.</summary>
    public void Advance(int count) => _length += count;

    public void Dispose()
    {
        budget.Return(lane, _charged);
        _charged = 0;
        GiveBack();
        _buffer = [];
        _length = 0;
    }

    /// <summary>In wide steps, so that the buffer that is left behind is small beside the one that takes its place.</summary>
    private void Grow(long needed)
    {
        var size = (int)Math.Max(needed, Math.Max(Step, Math.Min(8L * _buffer.Length, largest)));
        var larger = PoolOf(size).Rent(size);
        Memory.CopyTo(larger);
        GiveBack();
        _buffer = larger;
    }

    private void GiveBack()
    {
        if (_buffer.Length > 0)
        {
            PoolOf(_buffer.Length).Return(_buffer);
        }
    }

    // Both pools hand out powers of two, so that a buffer's length tells where it came from.
    private static ArrayPool<byte> PoolOf(int size) => size <= Small ? ArrayPool<byte>.Shared : s_large;
}
