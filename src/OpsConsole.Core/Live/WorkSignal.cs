namespace OpsConsole.Live;

/// <summary>Wakes a worker of this node when there may be something to do, so that it need not wait for its next look at the database.</summary>
public sealed class WorkSignal
{
    private readonly SemaphoreSlim _bell = new(0, 1);

    public void Ring()
    {
        try
        {
            _bell.Release();
        }
        catch (SemaphoreFullException)
        {
            // It rings already.
        }
    }

    /// <returns>True when it rang, false when <paramref name="atMost"/> passed: other nodes do not ring here.</returns>
    public Task<bool> Wait(TimeSpan atMost, CancellationToken cancellationToken) => _bell.WaitAsync(atMost, cancellationToken);
}

/// <summary>The bells of this node, one for each worker.</summary>
public sealed class WorkSignals
{
    /// <summary>Batches wait to be folded.</summary>
    public WorkSignal Facts { get; } = new();

    /// <summary>Signals changed.</summary>
    public WorkSignal Signals { get; } = new();

    /// <summary>Exceptions wait for a queue.</summary>
    public WorkSignal Routing { get; } = new();

    /// <summary>Replays are due.</summary>
    public WorkSignal Replays { get; } = new();

    /// <summary>Change rows were committed.</summary>
    public WorkSignal Changes { get; } = new();
}
