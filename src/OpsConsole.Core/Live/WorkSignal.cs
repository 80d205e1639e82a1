using System.Diagnostics;
using System.Threading.Channels;

namespace OpsConsole.Live;

/// <summary>Wakes a worker of this node when there may be something to do, so that it need not wait for its next look at the database.</summary>
public sealed class WorkSignal
{
    private static readonly TimeSpan s_glance = TimeSpan.FromMilliseconds(20);

    private readonly Channel<byte> _bell = Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private long _heldUntil;

    public void Ring() => _bell.Writer.TryWrite(0);

    /// <summary>Asks the worker to begin no turn for so long; one that is under way goes on. Asked again while the reason lasts, so that nobody who dies holds it for good.</summary>
    public void Hold(TimeSpan duration) => Interlocked.Exchange(ref _heldUntil, Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency));

    /// <summary>The reason is gone.</summary>
    public void Release() => Interlocked.Exchange(ref _heldUntil, 0);

    /// <summary>Returns when nobody holds the worker: at once, as a rule.</summary>
    public async Task Unheld(CancellationToken cancellationToken)
    {
        while (Stopwatch.GetTimestamp() < Interlocked.Read(ref _heldUntil))
        {
            await Task.Delay(s_glance, cancellationToken);
        }
    }

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

    /// <summary>Due times were set: an escalation may be near.</summary>
    public WorkSignal Sla { get; } = new();

    /// <summary>Notices wait to be gathered.</summary>
    public WorkSignal Notices { get; } = new();

    /// <summary>Notices were gathered: letters may be due.</summary>
    public WorkSignal Letters { get; } = new();

    /// <summary>Replays wait for proof, or for an exception that has ended.</summary>
    public WorkSignal Proofs { get; } = new();

    /// <summary>Bulks have something to order, or their replays came further.</summary>
    public WorkSignal Bulks { get; } = new();

    /// <summary>Change rows were committed.</summary>
    public WorkSignal Changes { get; } = new();
}
