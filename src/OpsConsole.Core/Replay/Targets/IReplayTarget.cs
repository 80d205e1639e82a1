namespace OpsConsole.Replay.Targets;

/// <summary>The way to one sort of target: how it is sent to, and how it is asked what it holds.</summary>
internal interface IReplayTarget
{
    TargetKind Kind { get; }

    /// <summary>It has a probe: dry runs and proof by read-back are possible.</summary>
    bool CanBeAsked(ReplayTarget target);

    /// <summary>One attempt. What went wrong is its answer, not an exception; only the caller's own end is.</summary>
    Task<SendResult> Send(ReplayTarget target, Sending sending, CancellationToken cancellationToken);

    /// <summary>Asks the target what it holds of an object. Writes nothing.</summary>
    Task<Holding> Read(ReplayTarget target, Probe asked, CancellationToken cancellationToken);
}

/// <summary>The sorts of targets there are. To add one: a class that is an <see cref="IReplayTarget"/>, a kind, a line in <c>ReplaySetup</c>.</summary>
internal sealed class TargetCatalog(IEnumerable<IReplayTarget> ways)
{
    private readonly Dictionary<TargetKind, IReplayTarget> _ways = ways.ToDictionary(way => way.Kind);

    public IReplayTarget Of(ReplayTarget target) => _ways[target.Kind];

    public bool CanBeAsked(ReplayTarget target) => Of(target).CanBeAsked(target);

    public Task<Holding> Read(ReplayTarget target, Probe asked, CancellationToken cancellationToken) => Of(target).Read(target, asked, cancellationToken);
}
