using OpsConsole.Simulator.Records;

namespace OpsConsole.Simulator.Outbox;

/// <summary>
/// What waits to be sent to the console. An event leaves it only when the console has acknowledged it; what is left at a stop is kept in the
/// state folder and is sent at the next start.
/// </summary>
internal sealed class EventOutbox(TimeProvider time, Journal journal) : IDisposable
{
    private const string File = "outbox";
    private const int MaxBatchBytes = 1 << 20;

    private readonly Lock _gate = new();
    private readonly PriorityQueue<byte[], (DateTimeOffset Due, long Number)> _waiting = new();
    private readonly SemaphoreSlim _news = new(0, 1);
    private long _number;
    private int _taken;

    /// <summary>Waiting, or on the way and not yet acknowledged.</summary>
    public int Length
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count + _taken;
            }
        }
    }

    public void Put(byte[] bytes, TimeSpan delay = default)
    {
        lock (_gate)
        {
            _waiting.Enqueue(bytes, (time.GetUtcNow() + delay, _number++));
        }

        Wake();
    }

    /// <summary>What is due, oldest first, up to a batch. With <paramref name="all"/> also what was to be late: the process is about to end.</summary>
    public IReadOnlyList<byte[]> Take(int count, bool all)
    {
        lock (_gate)
        {
            var taken = new List<byte[]>();
            var size = 0;
            while (taken.Count < count && size < MaxBatchBytes && _waiting.TryPeek(out var bytes, out var due) && (all || due.Due <= time.GetUtcNow()))
            {
                _waiting.Dequeue();
                taken.Add(bytes);
                size += bytes.Length;
            }

            _taken += taken.Count;
            return taken;
        }
    }

    public void Settle(int count)
    {
        lock (_gate)
        {
            _taken -= count;
        }
    }

    public void GiveBack(IReadOnlyList<byte[]> batch)
    {
        lock (_gate)
        {
            _taken -= batch.Count;
            foreach (var bytes in batch)
            {
                _waiting.Enqueue(bytes, (time.GetUtcNow(), _number++));
            }
        }
    }

    /// <summary>Returns when something was put, or something late may have become due.</summary>
    public async Task WaitForNews(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_gate)
        {
            wait = _waiting.TryPeek(out _, out var first) ? first.Due - time.GetUtcNow() : TimeSpan.FromMinutes(1);
        }

        if (wait > TimeSpan.Zero)
        {
            await _news.WaitAsync(wait, cancellationToken);
        }
    }

    public void Load()
    {
        foreach (var bytes in journal.Load<List<byte[]>>(File) ?? [])
        {
            Put(bytes);
        }
    }

    public void Save() => journal.Save(File, Take(int.MaxValue, all: true));

    public void Dispose() => _news.Dispose();

    private void Wake()
    {
        try
        {
            _news.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }
}
