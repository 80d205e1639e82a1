using OpsConsole.Events;

namespace OpsConsole.Projection;

/// <summary>
/// Facts that this node writes, kept in memory for its own projector, which else would read back what was written a moment ago. Only a
/// help: the database tells which batches wait, and what is not here is read from it. While nobody folds on this node little is kept.
/// </summary>
public sealed class FreshFacts(TimeProvider clock)
{
    /// <summary>How many facts are kept at most: some tens of megabytes.</summary>
    public const int Most = 50_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, IReadOnlyList<Fact>> _batches = [];
    private long _asked = clock.GetTimestamp();
    private int _count;

    /// <summary>Keeps what is about to be committed, while there is room: what waits longest is folded first, so that is what stays.</summary>
    /// <param name="stored">All facts of each of their batches.</param>
    internal void Keep(IReadOnlyList<SyncEvent> stored)
    {
        if (!Wanted(stored.Count))
        {
            return;
        }

        var batches = stored.GroupBy(fact => fact.BatchId).Select(batch => (batch.Key, Facts: batch.Select(Fact.From).ToArray())).ToList();
        lock (_lock)
        {
            foreach (var (batch, facts) in batches)
            {
                _count += _batches.TryAdd(batch, facts) ? facts.Length : 0;
            }
        }
    }

    /// <summary>The facts of a batch; nothing when they must be read.</summary>
    internal IReadOnlyList<Fact>? Find(Guid batch)
    {
        lock (_lock)
        {
            _asked = clock.GetTimestamp();
            return _batches.GetValueOrDefault(batch);
        }
    }

    /// <summary>Nobody will ask for them again: they are folded, or not stored.</summary>
    internal void Forget(IEnumerable<Guid> batches)
    {
        lock (_lock)
        {
            foreach (var batch in batches)
            {
                _count -= _batches.Remove(batch, out var facts) ? facts.Count : 0;
            }
        }
    }

    /// <summary>Another node may have folded what is here.</summary>
    internal void Clear()
    {
        lock (_lock)
        {
            _batches.Clear();
            _count = 0;
        }
    }

    private bool Wanted(int facts)
    {
        lock (_lock)
        {
            // Another node holds the lease: what is here is folded there.
            if (_count > 0 && clock.GetElapsedTime(_asked) > s_patience)
            {
                Clear();
            }

            return _count + facts <= Most;
        }
    }
}
