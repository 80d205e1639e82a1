using Microsoft.Extensions.Options;
using OpsConsole.Projection;
using OpsConsole.Sources;

namespace OpsConsole.Intake;

/// <summary>Events and spans are folded by different workers, so each kind has a pace of its own. Logs are not folded: their door waits for nobody.</summary>
public sealed class FoldPaces
{
    private readonly FoldPace _events;
    private readonly FoldPace _spans;
    private readonly FoldPace _logs;

    public FoldPaces(IOptions<IntakeOptions> options, IOptions<LaneOptions> lanes, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(lanes);
        _events = new FoldPace(options.Value.MaxUnfoldedEvents, options.Value.MaxFoldDelay, lanes.Value, clock);
        _spans = new FoldPace(options.Value.MaxUnfoldedSpans, options.Value.MaxFoldDelay, lanes.Value, clock);
        _logs = new FoldPace(int.MaxValue, options.Value.MaxFoldDelay, lanes.Value, clock);
    }

    /// <param name="kind">A <see cref="FactKind"/>.</param>
    public FoldPace Of(string kind) => kind switch
    {
        FactKind.Events => _events,
        FactKind.Spans => _spans,
        _ => _logs,
    };
}
