using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using OpsConsole.Sources;

namespace OpsConsole.Intake;

/// <summary>
/// The only buffer between the wire and the database. It is bounded by the bytes of the bodies in it (<see cref="Budget"/>: taken while a
/// body is read, given back when it is settled), and nothing that entered is dropped.
/// </summary>
public sealed class IntakeQueue
{
    private readonly Channel<bool> _bell = Channel.CreateUnbounded<bool>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<(Guid Source, string Kind), long> _inFlight = new();
    private readonly LaneQueues<Delivery> _lanes;
    private readonly Lock _door = new();
    private readonly long _largest;
    private bool _closed;

    public IntakeQueue(IOptions<IntakeOptions> options, IOptions<LaneOptions> lanes, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(lanes);
        Budget = new IntakeBudget(options.Value.QueueBytes, lanes.Value, clock);
        _largest = options.Value.MaxBodyBytes;
        _lanes = new LaneQueues<Delivery>(lanes.Value, delivery => delivery.Lane, delivery => delivery.Readings.Count);
    }

    public IntakeBudget Budget { get; }

    /// <summary>A place for a body that is about to be read.</summary>
    public PooledBody Rent(Lane lane = Lane.Normal) => new(Budget, lane, _largest);

    /// <summary>When what has waited longest in the lane was received, or nothing when nothing waits.</summary>
    public DateTimeOffset? Oldest(Lane lane) => _lanes.First(lane)?.ReceivedAt;

    /// <summary>Facts that were received on this node and are not settled yet.</summary>
    public long InFlight(string kind) => _inFlight.Where(facts => facts.Key.Kind == kind).Sum(facts => facts.Value);

    /// <summary>The same by source.</summary>
    public IReadOnlyDictionary<Guid, long> InFlight() => _inFlight.GroupBy(facts => facts.Key.Source, facts => facts.Value).ToDictionary(facts => facts.Key, facts => facts.Sum());

    /// <summary>Waits until the delivery is committed (true), or given up (false: the sender is to come again).</summary>
    public async Task<bool> Settle(Delivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        Count(delivery, delivery.Readings.Count);
        try
        {
            return Enter(delivery) && await delivery.Settled;
        }
        finally
        {
            Count(delivery, -delivery.Readings.Count);
        }
    }

    /// <summary>False when the queue is closed and empty.</summary>
    internal ValueTask<bool> Wait(CancellationToken cancellationToken) =>
        _lanes.IsEmpty ? _bell.Reader.WaitToReadAsync(cancellationToken) : ValueTask.FromResult(true);

    /// <summary>Takes what has gathered, up to so many facts, at least one delivery where one waits; of each lane its share while several wait.</summary>
    internal List<Delivery> Take(int facts)
    {
        while (_bell.Reader.TryRead(out _))
        {
            // What rang is in its lane already.
        }

        return _lanes.Take(facts);
    }

    /// <summary>Nothing more enters; what is inside is still written.</summary>
    internal void Close()
    {
        lock (_door)
        {
            _closed = true;
            _bell.Writer.TryComplete();
        }
    }

    private bool Enter(Delivery delivery)
    {
        lock (_door)
        {
            if (_closed)
            {
                return false;
            }

            _lanes.Add(delivery);
            return _bell.Writer.TryWrite(true);
        }
    }

    private void Count(Delivery delivery, int facts) =>
        _inFlight.AddOrUpdate((delivery.Sender.SourceId, delivery.Kind), facts, (_, before) => before + facts);
}
