using System.Threading.Channels;
using OpsConsole.Sources;

namespace OpsConsole.Intake;

/// <summary>What waits to be written of one kind of facts, lane by lane. Many may enter, several take.</summary>
internal sealed class IntakeLine(LaneOptions lanes)
{
    private readonly Channel<bool> _bell = Channel.CreateUnbounded<bool>();
    private readonly LaneQueues<Delivery> _lanes = new(lanes, delivery => delivery.Lane, delivery => delivery.Readings.Count);
    private readonly Lock _door = new();
    private readonly Lock _taking = new();
    private long _facts;
    private int _bodies;

    /// <summary>Nothing enters any more.</summary>
    public bool Closed { get; private set; }

    /// <summary>How many facts wait.</summary>
    public long Facts => Interlocked.Read(ref _facts);

    /// <summary>How many bodies are here, whole, and not answered yet.</summary>
    public int Bodies => Volatile.Read(ref _bodies);

    /// <summary>A body is here until what comes back is disposed of.</summary>
    public IDisposable Arrived() => new Stay(this);

    /// <summary>When what has waited longest in the lane was received, or nothing when nothing waits.</summary>
    public DateTimeOffset? Oldest(Lane lane) => _lanes.First(lane)?.ReceivedAt;

    /// <summary>False when it is closed.</summary>
    public bool Enter(Delivery delivery)
    {
        lock (_door)
        {
            if (Closed)
            {
                return false;
            }

            Interlocked.Add(ref _facts, delivery.Readings.Count);
            _lanes.Add(delivery);
            return _bell.Writer.TryWrite(true);
        }
    }

    public bool IsEmpty => _lanes.IsEmpty;

    /// <summary>False when it is closed and empty.</summary>
    public ValueTask<bool> Wait(CancellationToken cancellationToken) =>
        _lanes.IsEmpty ? _bell.Reader.WaitToReadAsync(cancellationToken) : ValueTask.FromResult(true);

    /// <summary>Takes what has gathered in the lanes that are open, up to so many facts, at least one delivery where one waits; of each lane its share while several wait.</summary>
    public List<Delivery> Take(int facts, Func<Lane, bool>? open = null)
    {
        lock (_taking)
        {
            while (_bell.Reader.TryRead(out _))
            {
                // What rang is in its lane already.
            }

            var taken = _lanes.Take(facts, open);
            Interlocked.Add(ref _facts, -taken.Sum(delivery => delivery.Readings.Count));
            return taken;
        }
    }

    public void Close()
    {
        lock (_door)
        {
            Closed = true;
            _bell.Writer.TryComplete();
        }
    }

    private sealed class Stay : IDisposable
    {
        private readonly IntakeLine _line;

        public Stay(IntakeLine line)
        {
            _line = line;
            Interlocked.Increment(ref line._bodies);
        }

        public void Dispose() => Interlocked.Decrement(ref _line._bodies);
    }
}
