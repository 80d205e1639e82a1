using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace OpsConsole.Intake;

/// <summary>
/// The only buffer between the wire and the database. It is bounded by the bytes of the bodies in it (<see cref="Budget"/>: taken while a
/// body is read, given back when it is settled), and nothing that entered is dropped.
/// </summary>
public sealed class IntakeQueue
{
    private readonly Channel<Delivery> _waiting = Channel.CreateUnbounded<Delivery>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<(Guid Source, string Kind), long> _inFlight = new();

    public IntakeQueue(IOptions<IntakeOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Budget = new IntakeBudget(options.Value.QueueBytes);
    }

    public IntakeBudget Budget { get; }

    /// <summary>A place for a body that is about to be read.</summary>
    public PooledBody Rent() => new(Budget);

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
            return _waiting.Writer.TryWrite(delivery) && await delivery.Settled;
        }
        finally
        {
            Count(delivery, -delivery.Readings.Count);
        }
    }

    /// <summary>False when the queue is closed and empty.</summary>
    internal ValueTask<bool> Wait(CancellationToken cancellationToken) => _waiting.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Takes what has gathered, up to so many facts, at least one delivery.</summary>
    internal List<Delivery> Take(int facts)
    {
        var taken = new List<Delivery>();
        while (_waiting.Reader.TryPeek(out var next) && (taken.Count == 0 || next.Readings.Count <= facts) && _waiting.Reader.TryRead(out next))
        {
            taken.Add(next);
            facts -= next.Readings.Count;
        }

        return taken;
    }

    /// <summary>Nothing more enters; what is inside is still written.</summary>
    internal void Close() => _waiting.Writer.TryComplete();

    private void Count(Delivery delivery, int facts) =>
        _inFlight.AddOrUpdate((delivery.Sender.SourceId, delivery.Kind), facts, (_, before) => before + facts);
}
