using OpsConsole.Replay;
using OpsConsole.Replay.Bulks;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Replay;

/// <summary>States of bulks and their items as people read them.</summary>
internal static class BulkWords
{
    public static Status Of(BulkState state) => state switch
    {
        BulkState.Frozen => new("lock", "Not started", "still"),
        BulkState.AwaitingApproval => Statuses.ToApprove,
        BulkState.Running => new("loop", "Running", "move"),
        BulkState.Paused => new("pause", "Paused", "warn"),
        BulkState.Stopped => new("over", "Stopped by itself", "bad"),
        BulkState.Done => Statuses.Done,
        _ => new("minus", "Cancelled", "still"),
    };

    public static Status Of(BulkItemRow item) => (item.State, item.Replay) switch
    {
        (_, ReplayState.Due) => new("clock", "Waits its turn", "still"),
        (_, ReplayState.Waiting) => new("clock", "Waits for another", "still"),
        (_, ReplayState.Sending) => Statuses.Replaying,
        (_, ReplayState.Delivered) => Statuses.Unproven,
        (_, ReplayState.Proven) => Statuses.Proven,
        (_, ReplayState.Disproven) => Statuses.CameBack,
        (_, ReplayState.Failed) => Statuses.Failed,
        (_, ReplayState.Parked) => Statuses.Parked,
        (_, ReplayState.Cancelled) => new("minus", "Taken back", "still"),
        (BulkItemState.Skipped, _) => new("minus", "Not sent", "warn"),
        (BulkItemState.Left, _) => new("minus", "Left over", "still"),
        _ => new("dash", "Not yet", "still"),
    };

    /// <summary>What the preview found, as a line of its own.</summary>
    public static (string Icon, string Text, string Family) Of(BulkVerdict verdict) => verdict switch
    {
        BulkVerdict.Ready => ("done", "can be replayed", "good"),
        BulkVerdict.NeedsApproval => ("two", "need four eyes by themselves", "wait"),
        BulkVerdict.NotYours => ("hand", "are held by somebody else", "warn"),
        BulkVerdict.Duplicate => ("copy", "would be duplicates", "bad"),
        BulkVerdict.CannotBeSent => ("failx", "have no target or no payload", "bad"),
        _ => ("minus", "are not open now, or have changed", "still"),
    };

    /// <summary>The parts of the progress bar, in order: how many, in which colour, and what it is called.</summary>
    public static IReadOnlyList<(int Count, string Css, string Word)> Bar(BulkProgress progress) =>
        [
            (progress.Proven, "good", "proven"), (progress.Unproven, "warn", "delivered, unproven"), (progress.OnTheWay, "move", "on the way"),
            (progress.Waiting, "wait", "wait for another exception"), (progress.Parked, "parked", "parked, the target is down"), (progress.Failed, "bad", "failed"),
            (progress.Skipped + progress.Left, "still", "not sent"), (progress.Pending, "todo", "not yet"),
        ];
}
