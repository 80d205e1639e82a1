using System.Collections.Frozen;

namespace OpsConsole.Replay.Bulks;

public enum BulkState : short
{
    /// <summary>The selection is frozen and can be looked at; nothing has been sent.</summary>
    Frozen = 0,

    AwaitingApproval = 1,
    Running = 2,
    Paused = 3,

    /// <summary>Too much of it failed: it stopped by itself.</summary>
    Stopped = 4,

    /// <summary>Nothing more is to be sent, and what was sent has ended.</summary>
    Done = 5,
    Cancelled = 6,
}

public enum BulkAction : short
{
    Submit,
    Approve,
    Reject,
    Start,
    Pause,
    Stop,
    GoOn,
    Finish,
    Cancel,
}

/// <summary>The whole life of a bulk on one page. A move that is not listed does not exist.</summary>
public static class BulkFlow
{
    private static readonly FrozenDictionary<(BulkState From, BulkAction Action), BulkState> s_moves = new Dictionary<(BulkState, BulkAction), BulkState>
    {
        [(BulkState.Frozen, BulkAction.Submit)] = BulkState.AwaitingApproval,
        [(BulkState.Frozen, BulkAction.Start)] = BulkState.Running,
        [(BulkState.Frozen, BulkAction.Cancel)] = BulkState.Cancelled,
        [(BulkState.AwaitingApproval, BulkAction.Approve)] = BulkState.Running,
        [(BulkState.AwaitingApproval, BulkAction.Reject)] = BulkState.Frozen,
        [(BulkState.AwaitingApproval, BulkAction.Cancel)] = BulkState.Cancelled,
        [(BulkState.Running, BulkAction.Pause)] = BulkState.Paused,
        [(BulkState.Running, BulkAction.Stop)] = BulkState.Stopped,
        [(BulkState.Running, BulkAction.Finish)] = BulkState.Done,
        [(BulkState.Running, BulkAction.Cancel)] = BulkState.Cancelled,
        [(BulkState.Paused, BulkAction.GoOn)] = BulkState.Running,
        [(BulkState.Paused, BulkAction.Cancel)] = BulkState.Cancelled,
        [(BulkState.Stopped, BulkAction.GoOn)] = BulkState.Running,
        [(BulkState.Stopped, BulkAction.Cancel)] = BulkState.Cancelled,
    }.ToFrozenDictionary();

    public static bool IsEnded(BulkState state) => state is BulkState.Done or BulkState.Cancelled;

    public static bool TryMove(BulkState from, BulkAction action, out BulkState to) => s_moves.TryGetValue((from, action), out to);

    /// <summary>A state as it reads in the middle of a sentence.</summary>
    public static string Say(BulkState state) => state switch
    {
        BulkState.Frozen => "not started",
        BulkState.AwaitingApproval => "awaiting approval",
        _ => state.ToString().ToLowerInvariant(),
    };
}
