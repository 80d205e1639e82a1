using System.Collections.Frozen;

namespace OpsConsole.Cases;

public enum CaseState : short
{
    Open,
    Claimed,
    AwaitingApproval,
    Replaying,
    Parked,
    AwaitingProof,
    Snoozed,
    Resolved,
    Dismissed,
}

/// <summary>All that can happen to an exception. Those that move nothing (comment, repair, route) keep its state and are history all the same.</summary>
public enum CaseAction : short
{
    Found,
    Claim,
    Assign,
    Release,
    Submit,
    Approve,
    Reject,
    Edit,
    Replay,
    Sent,
    Park,
    Unpark,
    Cancel,
    SendFailed,
    Proven,
    Disproven,
    Snooze,
    Wake,
    Dismiss,
    Reopen,
    Comment,
    Repair,
    Route,
    Changed,
    Escalate,
    Pause,
    Resume,
}

/// <summary>The whole lifecycle of an exception on one page. A move that is not listed does not exist, for pages, API and workers alike.</summary>
public static class CaseFlow
{
    /// <summary>Not ended: it still waits for somebody or something.</summary>
    public static readonly IReadOnlyList<CaseState> Unended =
        [CaseState.Open, CaseState.Claimed, CaseState.AwaitingApproval, CaseState.Replaying, CaseState.Parked, CaseState.AwaitingProof, CaseState.Snoozed];

    // Below the list that it reads: static fields are made from the top.
    private static readonly FrozenDictionary<(CaseState From, CaseAction Action), CaseState> s_moves = Moves().ToFrozenDictionary(move => (move.From, move.Action), move => move.To);

    public static bool IsEnded(CaseState state) => state is CaseState.Resolved or CaseState.Dismissed;

    /// <summary>Actions that are noted but move nothing. They are possible in every state.</summary>
    public static bool IsNote(CaseAction action) =>
        action is CaseAction.Found or CaseAction.Comment or CaseAction.Route or CaseAction.Changed or CaseAction.Escalate or CaseAction.Pause or CaseAction.Resume;

    public static bool TryMove(CaseState from, CaseAction action, out CaseState to)
    {
        if (IsNote(action))
        {
            to = from;
            return true;
        }

        return s_moves.TryGetValue((from, action), out to);
    }

    public static IEnumerable<CaseAction> ActionsFrom(CaseState state) =>
        s_moves.Keys.Where(move => move.From == state).Select(move => move.Action);

    private static IEnumerable<(CaseState From, CaseAction Action, CaseState To)> Moves()
    {
        yield return (CaseState.Open, CaseAction.Claim, CaseState.Claimed);
        yield return (CaseState.Open, CaseAction.Assign, CaseState.Claimed);
        yield return (CaseState.Open, CaseAction.Snooze, CaseState.Snoozed);
        yield return (CaseState.Open, CaseAction.Dismiss, CaseState.Dismissed);

        yield return (CaseState.Claimed, CaseAction.Release, CaseState.Open);
        yield return (CaseState.Claimed, CaseAction.Assign, CaseState.Claimed);
        yield return (CaseState.Claimed, CaseAction.Repair, CaseState.Claimed);
        yield return (CaseState.Claimed, CaseAction.Submit, CaseState.AwaitingApproval);
        yield return (CaseState.Claimed, CaseAction.Replay, CaseState.Replaying);
        yield return (CaseState.Claimed, CaseAction.Snooze, CaseState.Snoozed);
        yield return (CaseState.Claimed, CaseAction.Dismiss, CaseState.Dismissed);

        yield return (CaseState.AwaitingApproval, CaseAction.Approve, CaseState.Replaying);
        yield return (CaseState.AwaitingApproval, CaseAction.Reject, CaseState.Claimed);
        yield return (CaseState.AwaitingApproval, CaseAction.Edit, CaseState.Claimed);

        yield return (CaseState.Replaying, CaseAction.Sent, CaseState.AwaitingProof);
        yield return (CaseState.Replaying, CaseAction.Park, CaseState.Parked);
        yield return (CaseState.Replaying, CaseAction.SendFailed, CaseState.Claimed);

        yield return (CaseState.Parked, CaseAction.Unpark, CaseState.Replaying);
        yield return (CaseState.Parked, CaseAction.Cancel, CaseState.Claimed);

        yield return (CaseState.AwaitingProof, CaseAction.Disproven, CaseState.Open);

        yield return (CaseState.Snoozed, CaseAction.Wake, CaseState.Open);

        yield return (CaseState.Resolved, CaseAction.Reopen, CaseState.Open);
        yield return (CaseState.Dismissed, CaseAction.Reopen, CaseState.Open);

        // Proof may come at any time and from any side; it closes whatever is open.
        foreach (var state in Unended)
        {
            yield return (state, CaseAction.Proven, CaseState.Resolved);
        }
    }
}
