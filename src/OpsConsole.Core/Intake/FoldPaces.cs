using Microsoft.Extensions.Options;
using OpsConsole.Projection;
using OpsConsole.Sources;

namespace OpsConsole.Intake;

/// <summary>Events and spans are folded by different workers, so each kind has a pace of its own.</summary>
public sealed class FoldPaces
{
    private readonly FoldPace _events;
    private readonly FoldPace _spans;

    public FoldPaces(IOptions<IntakeOptions> options, IOptions<LaneOptions> lanes, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(lanes);
        _events = new FoldPace(options.Value.MaxUnfoldedEvents, options.Value.MaxFoldDelay, lanes.Value, clock);
        _spans = new FoldPace(options.Value.MaxUnfoldedSpans, options.Value.MaxFoldDelay, lanes.Value, clock);
    }

    /// <param name="kind">A <see cref="FactKind"/>.</param>
    public FoldPace Of(string kind) => kind == FactKind.Events ? _events : _spans;
}
