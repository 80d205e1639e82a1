using System.Collections.Concurrent;

namespace OpsConsole.Sources;

/// <summary>
/// What waits, lane by lane. While several lanes wait each gets its share of the work by weight, at least one item; what a lane leaves goes
/// to the others, first ones first. Many may add, one may take.
/// </summary>
/// <param name="lanes">The weights.</param>
/// <param name="laneOf">The lane of an item.</param>
/// <param name="size">How many facts it is.</param>
internal sealed class LaneQueues<T>(LaneOptions lanes, Func<T, Lane> laneOf, Func<T, int> size)
    where T : class
{
    private readonly Dictionary<Lane, ConcurrentQueue<T>> _queues = LaneOptions.All.ToDictionary(lane => lane, _ => new ConcurrentQueue<T>());

    public bool IsEmpty => _queues.Values.All(queue => queue.IsEmpty);

    public void Add(T item) => _queues[laneOf(item)].Enqueue(item);

    /// <summary>What waits longest in a lane; nothing when it is empty.</summary>
    public T? First(Lane lane) => _queues[lane].TryPeek(out var first) ? first : null;

    /// <param name="facts">As many as that, and at least one item of each lane.</param>
    /// <param name="open">Lanes that may be taken from now; nothing: all.</param>
    public List<T> Take(int facts, Func<Lane, bool>? open = null)
    {
        var taken = new List<T>();
        var waiting = LaneOptions.All.Where(lane => !_queues[lane].IsEmpty && open?.Invoke(lane) is not false).ToList();
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

    private int Take(Lane lane, int facts, bool atLeastOne, List<T> taken)
    {
        var count = 0;
        while (_queues[lane].TryPeek(out var next) && ((atLeastOne && count == 0) || count + size(next) <= facts) && _queues[lane].TryDequeue(out next))
        {
            taken.Add(next);
            count += Math.Max(1, size(next));
        }

        return count;
    }
}
