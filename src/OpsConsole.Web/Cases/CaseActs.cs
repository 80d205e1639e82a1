using OpsConsole.Cases;
using OpsConsole.Replay;

namespace OpsConsole.Web.Cases;

/// <summary>What somebody decided on the page, with what the dialog asked for.</summary>
public sealed record CaseAct(CaseAction Action, string Reason = "")
{
    /// <summary>Of a dismissal.</summary>
    public string? Code { get; init; }

    /// <summary>To whom it is assigned or handed over, or who is asked to approve.</summary>
    public string? PersonId { get; init; }

    /// <summary>Its holder gives it away, with a note.</summary>
    public bool HandsOver { get; init; }

    /// <summary>Until when it is laid aside.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Or until its cause has this much at risk.</summary>
    public decimal? UntilAmount { get; init; }

    /// <summary>Or until the month closes.</summary>
    public bool UntilClose { get; init; }
}

/// <summary>Which request each decision becomes, and how its button reads.</summary>
internal static class CaseActs
{
    /// <summary>The version is the one on the page: who decides on what has changed is told so. Only a claim decides on nothing yet and needs none.</summary>
    public static IRequest<Outcome<CaseStep>> ToRequest(this CaseAct act, Guid id, int version, Actor actor) => act.Action switch
    {
        CaseAction.Claim => new ClaimCase(id, null, act.Reason, actor),
        CaseAction.Release => new ReleaseCase(id, version, act.Reason, actor),
        CaseAction.Assign when act.HandsOver => new HandOverCase(id, version, act.PersonId ?? "", act.Reason, actor),
        CaseAction.Assign => new AssignCase(id, version, act.PersonId ?? "", act.Reason, actor),
        CaseAction.Snooze => new SnoozeCase(id, version, act.Until, act.Reason, actor) { Amount = act.UntilAmount, AtClose = act.UntilClose },
        CaseAction.Dismiss => new DismissCase(id, version, act.Code ?? "", act.Reason, actor),
        CaseAction.Reopen => new ReopenCase(id, version, act.Reason, actor),
        CaseAction.Comment => new CommentCase(id, act.Reason, actor),
        CaseAction.Submit => new SubmitCase(id, version, act.Reason, actor) { AskedOf = act.PersonId },
        CaseAction.Approve => new ApproveCase(id, version, act.Reason, actor),
        CaseAction.Reject => new RejectCase(id, version, act.Reason, actor),
        CaseAction.Replay => new ReplayCase(id, version, act.Reason, actor),
        CaseAction.Edit => new TakeBackCase(id, version, act.Reason, actor),
        CaseAction.Cancel => new CancelReplay(id, version, act.Reason, actor),
        _ => throw new ArgumentOutOfRangeException(nameof(act), act.Action, "No person does this."),
    };

    /// <summary>The icon, the words on the button and its key.</summary>
    public static (string Icon, string Text, string? Key) Button(CaseAction action) => action switch
    {
        CaseAction.Claim => ("hand", "Claim", "c"),
        CaseAction.Release => ("exit", "Give back", null),
        CaseAction.Assign => ("people", "Assign", null),
        CaseAction.Snooze => ("pause", "Hold", null),
        CaseAction.Dismiss => ("minus", "Dismiss", null),
        CaseAction.Reopen => ("back", "Open again", null),
        CaseAction.Comment => ("doc", "Comment", null),
        CaseAction.Submit => ("two", "Ask for approval", "r"),
        CaseAction.Approve => ("done", "Approve and replay", "a"),
        CaseAction.Reject => ("x", "Do not approve", null),
        CaseAction.Replay => ("loop", "Replay", "r"),
        CaseAction.Edit => ("back", "Take back", null),
        CaseAction.Cancel => ("x", "Cancel the replay", null),
        _ => ("open", action.ToString(), null),
    };

    /// <summary>Done at once, without a question.</summary>
    public static bool AtOnce(CaseAction action) => action is CaseAction.Claim;
}
