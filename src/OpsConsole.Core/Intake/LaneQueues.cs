using System.Collections.Concurrent;
using OpsConsole.Sources;

namespace OpsConsole.Intake;

/// <summary>What waits to be written, lane by lane. While several wait each gets its share of a write by weight, at least one delivery; what a lane leaves goes to the others, first ones first.</summary>
internal sealed class LaneQueues(LaneOptions lanes)
{
    private readonly Dictionary<Lane, ConcurrentQueue<Delivery>> _queues = LaneOptions.All.ToDictionary(lane => lane, _ => new ConcurrentQueue<Delivery>());

    public bool IsEmpty => _queues.Values.All(queue => queue.IsEmpty);

    public void Add(Delivery delivery) => _queues[delivery.Lane].Enqueue(delivery);

    public DateTimeOffset? Oldest(Lane lane) => _queues[lane].TryPeek(out var first) ? first.ReceivedAt : null;

    public List<Delivery> Take(int facts)
    {
        var taken = new List<Delivery>();
        var waiting = LaneOptions.All.Where(lane => !_queues[lane].IsEmpty).ToList();
        var weights = waiting.Sum(lanes.Weight);
        var left = facts;
        foreach (var lane in waiting)
        {
            left -= Take(lane, facts * lanes.Weight(lane) / weights, atLeastOne: true, taken);
        }

        foreach (var lane in waiting)
        {
            left -= Take(lane, left, atLeastOne: false, taken);
        }

        return taken;
    }

    private int Take(Lane lane, int facts, bool atLeastOne, List<Delivery> taken)
    {
        var count = 0;
        while (_queues[lane].TryPeek(out var next) && ((atLeastOne && count == 0) || count + next.Readings.Count <= facts) && _queues[lane].TryDequeue(out next))
        {
            taken.Add(next);
            count += Math.Max(1, next.Readings.Count);
        }

        return count;
    }
}
