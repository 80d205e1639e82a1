using System.Threading.Channels;

namespace OpsConsole.Live;

/// <summary>Wakes a worker of this node when there may be something to do, so that it need not wait for its next look at the database.</summary>
public sealed class WorkSignal
{
    private readonly Channel<byte> _bell = Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => _bell.Writer.TryWrite(0);

    /// <summary>Returns when it rings, or after <paramref name="atMost"/>: other nodes do not ring here.</summary>
    public async Task Wait(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(atMost);
        try
        {
            await _bell.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nothing rang; time to look by oneself.
        }
    }
}

/// <summary>The bells of this node, one for each worker.</summary>
public sealed class WorkSignals
{
    /// <summary>Batches of events wait to be folded.</summary>
    public WorkSignal Facts { get; } = new();

    /// <summary>Batches of spans wait to be folded.</summary>
    public WorkSignal Spans { get; } = new();

    /// <summary>Signals changed.</summary>
    public WorkSignal Signals { get; } = new();

    /// <summary>Exceptions wait for a queue.</summary>
    public WorkSignal Routing { get; } = new();

    /// <summary>Replays are due.</summary>
    public WorkSignal Replays { get; } = new();

    /// <summary>Change rows were committed.</summary>
    public WorkSignal Changes { get; } = new();
}
