using OpsConsole.Cases;

namespace OpsConsole.Web.Parts;

/// <summary>A state as people read it: an icon with a silhouette of its own, a word, and a family that gives the colour.</summary>
/// <param name="Icon">Of <c>IconSprite</c>.</param>
/// <param name="Word">As few as possible.</param>
/// <param name="Family"><c>bad</c>, <c>warn</c>, <c>good</c>, <c>wait</c>, <c>move</c> or <c>still</c>.</param>
public sealed record Status(string Icon, string Word, string Family);

/// <summary>The vocabulary of states: the one place where a state gets its word. Green is never "delivered"; a shield is only ever proof.</summary>
public static class Statuses
{
    public static readonly Status Open = new("open", "Open", "still");
    public static readonly Status Claimed = new("half", "Claimed", "move");
    public static readonly Status InRepair = new("wrench", "In repair", "move");
    public static readonly Status ToApprove = new("two", "To approve", "wait");
    public static readonly Status Replaying = new("loop", "Replaying", "move");
    public static readonly Status Unproven = new("sent", "Unproven", "warn");
    public static readonly Status Proven = new("proven", "Proven", "good");
    public static readonly Status CameBack = new("back", "Came back", "bad");
    public static readonly Status NotArrived = new("miss", "Not arrived", "bad");
    public static readonly Status OnHold = new("pause", "On hold", "still");
    public static readonly Status Parked = new("pause", "Parked", "warn");
    public static readonly Status Dismissed = new("minus", "Dismissed", "still");

    public static readonly Status Done = new("done", "Done", "good");
    public static readonly Status Late = new("latedone", "Late", "warn");
    public static readonly Status Missing = new("miss", "Not arrived", "bad");
    public static readonly Status NotDue = new("dash", "Not due", "still");
    public static readonly Status Failed = new("failx", "Failed", "bad");
    public static readonly Status Pending = new("half", "Pending", "still");

    public static readonly Status Flowing = new("done", "Flowing", "good");
    public static readonly Status NotExpected = new("clock", "Not expected now", "still");

    /// <summary>An exception's state. Open ones say more when there is more to say: that they came back, or that they wait for what never came.</summary>
    public static Status OfCase(CaseState state, bool cameBack = false, bool missing = false, bool repaired = false) => state switch
    {
        CaseState.Open when cameBack => CameBack,
        CaseState.Open when missing => NotArrived,
        CaseState.Open => Open,
        CaseState.Claimed when repaired => InRepair,
        CaseState.Claimed => Claimed,
        CaseState.AwaitingApproval => ToApprove,
        CaseState.Replaying => Replaying,
        CaseState.Parked => Parked,
        CaseState.AwaitingProof => Unproven,
        CaseState.Snoozed => OnHold,
        CaseState.Resolved => Proven,
        _ => Dismissed,
    };

    /// <param name="left">Until the deadline; below zero: since it.</param>
    /// <param name="soon">From how long before on it is soon.</param>
    public static Status OfDue(TimeSpan left, TimeSpan soon) => left switch
    {
        _ when left < TimeSpan.Zero => new("over", $"Overdue {Say.Age(left)}", "bad"),
        _ when left <= soon => new("soon", $"Due in {Say.Age(left)}", "warn"),
        _ => new("clock", $"Due in {Say.Age(left)}", "still"),
    };

    public static Status Silent(TimeSpan since) => new("quiet", $"Silent, {Say.Age(since)}", "bad");
}
