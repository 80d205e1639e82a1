using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using OpsConsole.Projection;
using OpsConsole.Sources;

namespace OpsConsole.Intake;

/// <summary>
/// The only buffer between the wire and the database. It is bounded by the bytes of the bodies in it (<see cref="Budget"/>: taken while a
/// body is read, given back when it is settled), and nothing that entered is dropped.
/// </summary>
public sealed class IntakeQueue
{
    private readonly ConcurrentDictionary<(Guid Source, string Kind), long> _inFlight = new();
    private readonly FrozenDictionary<string, IntakeLine> _lines;
    private readonly long _largest;

    public IntakeQueue(IOptions<IntakeOptions> options, IOptions<LaneOptions> lanes, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(lanes);
        Budget = new IntakeBudget(options.Value.QueueBytes, lanes.Value, clock);
        _largest = options.Value.MaxBodyBytes;
        _lines = FactKind.All.ToFrozenDictionary(kind => kind, _ => new IntakeLine(lanes.Value), StringComparer.Ordinal);
    }

    public IntakeBudget Budget { get; }

    /// <summary>A place for a body that is about to be read.</summary>
    public PooledBody Rent(Lane lane = Lane.Normal) => new(Budget, lane, _largest);

    /// <summary>A whole body of the kind is here, about to be read, until what comes back is disposed of: so the writer knows what comes next.</summary>
    public IDisposable Arrived(string kind) => Line(kind).Arrived();

    /// <summary>When what has waited longest in the lane was received, or nothing when nothing waits.</summary>
    public DateTimeOffset? Oldest(Lane lane) => _lines.Values.Min(line => line.Oldest(lane));

    /// <summary>The same of one kind.</summary>
    public DateTimeOffset? Oldest(string kind, Lane lane) => Line(kind).Oldest(lane);

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
            return Line(delivery.Kind).Enter(delivery) && await delivery.Settled;
        }
        finally
        {
            Count(delivery, -delivery.Readings.Count);
        }
    }

    /// <summary>What waits to be written of one kind: events do not wait behind spans, nor spans behind logs.</summary>
    internal IntakeLine Line(string kind) => _lines[kind];

    /// <summary>Nothing more enters; what is inside is still written.</summary>
    internal void Close()
    {
        foreach (var line in _lines.Values)
        {
            line.Close();
        }
    }

    private void Count(Delivery delivery, int facts) =>
        _inFlight.AddOrUpdate((delivery.Sender.SourceId, delivery.Kind), facts, (_, before) => before + facts);
}
