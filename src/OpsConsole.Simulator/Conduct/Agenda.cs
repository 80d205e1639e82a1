using OpsConsole.Simulator.Wire;

namespace OpsConsole.Simulator.Conduct;

/// <summary>
/// Everything that is to happen later, in the order of its time. What lies in the past is done one by one with the clock set to its time; what
/// lies ahead is waited for and done side by side.
/// </summary>
internal sealed class Agenda(TimeProvider time, ILogger<Agenda> log) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<Item, (DateTimeOffset Due, long Number)> _items = new();
    private readonly SemaphoreSlim _news = new(0, 1);
    private long _number;
    private int _running;

    public int Length
    {
        get
        {
            lock (_gate)
            {
                return _items.Count + Volatile.Read(ref _running);
            }
        }
    }

    /// <param name="step">The step of a deal that this is, so that it survives a restart.</param>
    public void At(DateTimeOffset due, Journey? journey, Func<CancellationToken, Task> work, DealStep? step = null)
    {
        lock (_gate)
        {
            _items.Enqueue(new Item(journey, work, step), (due, _number++));
            if (_news.CurrentCount == 0)
            {
                _news.Release();
            }
        }
    }

    /// <summary>Does all that is due before <paramref name="end"/>, also what comes up on the way.</summary>
    public async Task RunPast(DateTimeOffset end, CancellationToken cancellationToken)
    {
        while (TakeBefore(end) is var (item, due))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Journey.Current = (item.Journey ?? new Journey()).At(due);
            await item.Work(cancellationToken);
            Journey.Current = null;
        }
    }

    public async Task RunLive(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TakeBefore(time.GetUtcNow()) is var (item, _))
            {
                Interlocked.Increment(ref _running);
                _ = Task.Run(() => Do(item, cancellationToken), CancellationToken.None);
                continue;
            }

            await _news.WaitAsync(UntilNext(), cancellationToken);
        }
    }

    /// <summary>The steps of deals that are still to come, with their times.</summary>
    public IReadOnlyList<(DealStep Step, DateTimeOffset Due)> Steps()
    {
        lock (_gate)
        {
            return [.. from item in _items.UnorderedItems where item.Element.Step is not null select (item.Element.Step!, item.Priority.Due)];
        }
    }

    /// <summary>Moves the steps for which <paramref name="due"/> names another time.</summary>
    public void Move(Func<DealStep, DateTimeOffset?> due)
    {
        lock (_gate)
        {
            var all = _items.UnorderedItems.ToList();
            _items.Clear();
            foreach (var (item, priority) in all)
            {
                var moved = item.Step is { } step ? due(step) : null;
                _items.Enqueue(item, (moved ?? priority.Due, priority.Number));
            }
        }
    }

    public void Dispose() => _news.Dispose();

    private async Task Do(Item item, CancellationToken cancellationToken)
    {
        try
        {
            Journey.Current = item.Journey?.At(null);
            await item.Work(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The company closes; a deal's step is kept in the state folder by the conductor.
        }
        catch (Exception failure)
        {
            log.StepFailed(failure, item.Journey?.Deal ?? 0);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private (Item Item, DateTimeOffset Due)? TakeBefore(DateTimeOffset end)
    {
        lock (_gate)
        {
            if (_items.TryPeek(out var item, out var due) && due.Due <= end)
            {
                _items.Dequeue();
                return (item, due.Due);
            }

            return null;
        }
    }

    private TimeSpan UntilNext()
    {
        lock (_gate)
        {
            var wait = _items.TryPeek(out _, out var due) ? due.Due - time.GetUtcNow() : TimeSpan.FromSeconds(30);
            return wait <= TimeSpan.Zero ? TimeSpan.Zero : wait < TimeSpan.FromSeconds(30) ? wait : TimeSpan.FromSeconds(30);
        }
    }

    private sealed record Item(Journey? Journey, Func<CancellationToken, Task> Work, DealStep? Step);
}
