using System.Globalization;
using System.Text.RegularExpressions;
using OpsConsole.Cases;
using OpsConsole.Web.Events;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Cases;

/// <summary>How an exception is put into words on pages: its sentence, its state with its condition, its actions.</summary>
internal static partial class CaseWording
{
    /// <summary>One sentence of what happened, in business words.</summary>
    public static string Sentence(CaseRow row, CaseError? error)
    {
        var thing = $"{Words.Of(row.ObjectType)} {row.ObjectId}";
        if (row.ObjectType == ObjectUri.Feed)
        {
            return $"Nothing arrives any more from {row.ObjectLabel ?? row.ObjectId}, at a time when something always did.";
        }

        if (row.Kind is SignalKind.Missing)
        {
            return $"Nothing said \"{Words.Of(row.Operation)}\" of {thing} before its deadline.";
        }

        var system = Words.System(row.System);
        var happened = error?.Category switch
        {
            "timeout" => $"{system} did not answer in time about {thing}",
            "unavailable" => $"{system} was down for {thing}",
            "throttled" => $"{system} was too busy for {thing}",
            "duplicate" => $"{system} already has {thing}",
            "authorization" => $"{system} did not permit {thing}",
            _ when row.Operation.Length > 0 => $"{system} refused to {row.Operation} {thing}",
            _ => $"{system} refused {thing}",
        };
        return error?.Message is { Length: > 0 } message && !happened.StartsWith(First(message), StringComparison.OrdinalIgnoreCase) ? $"{happened}: {First(message)}." : $"{happened}.";
    }

    /// <summary>What an error of this category means, in plain words; nothing where it says nothing.</summary>
    public static string? Plain(string? category, string system)
    {
        var name = Words.System(system);
        return category switch
        {
            "validation" => $"{name} checked the message and did not take it; nothing was written there.",
            "mapping" => $"A value of the message has no counterpart in {name}; nothing was written there.",
            "duplicate" => $"{name} holds the object already; sending it again would change nothing or make a second one.",
            "conflict" => $"{name} holds a newer or another state than the sender believed.",
            "authorization" => $"The connection may not do this in {name}; the message itself may be right.",
            "throttled" => $"{name} asked to come later; the message itself may be right.",
            "timeout" => $"{name} did not answer in time: whether it wrote anything is unknown until it is asked.",
            "unavailable" => $"{name} could not be reached; the message itself may be right.",
            _ => null,
        };
    }

    public static Status Status(CaseRow row) =>
        Statuses.OfCase(row.State, row.CameBack, row.Kind is SignalKind.Missing, row.PayloadVersion > 0);

    /// <summary>How another one ended, without the moment and the event's digits that its own page names.</summary>
    public static string Ending(string? ending) => ending is { Length: > 0 } said ? Moment().Replace(said, "") : "No reason kept";

    /// <summary>What stands under the state's word: the condition on which it ends, or how it ended.</summary>
    public static string? Condition(CaseRow row, Reader reader) => row.State switch
    {
        CaseState.AwaitingApproval => "by a 2nd person",
        CaseState.AwaitingProof when row.ProofDueAt is { } due => $"proof by {reader.Brief(due)}",
        CaseState.Snoozed when row.SnoozedUntil is { } until => $"until {reader.Brief(until)}",
        CaseState.Parked => "target is down",
        CaseState.Open when row is { CameBack: true, Attempts: > 0 } => row.Attempts == 1 ? "after 1 attempt" : $"after {row.Attempts} attempts",
        CaseState.Open when row is { CameBack: true } => $"failed {row.Spells} times",
        CaseState.Open when row.Kind is SignalKind.Missing => $"since {reader.Brief(row.OpenedAt)}",
        CaseState.Resolved or CaseState.Dismissed when row.EndedAt is { } ended => reader.Brief(ended),
        _ => null,
    };

    /// <summary>Why an exception stands where it stands in the order by rank, as one can reckon it.</summary>
    public static string Rank(CaseRow row, string currency, DateTimeOffset now)
    {
        var worth = new Money(Math.Max(row.Reporting ?? 0, 1), currency);
        return row.DueAt is { } due
            ? $"Rank {Weight(row, now)}: {worth} at risk × {Factor(CaseRank.Urgency(due, now))}, {(due > now ? $"due in {Say.Age(due - now)}" : $"overdue by {Say.Age(now - due)}")}. Each day nearer to its due time counts double, and so does each day past it."
            : $"Last by rank: {worth} at risk and no due time yet.";
    }

    /// <summary>At risk × urgency now, shortened.</summary>
    public static string Weight(CaseRow row, DateTimeOffset now) => row.DueAt is not { } due ? "none"
        : (double)Math.Max(row.Reporting ?? 0, 1) * CaseRank.Urgency(due, now) is var weight and < 1e15 ? Say.Brief((decimal)weight) : "> 1,000bn";

    /// <summary>Urgency as a factor.</summary>
    public static string Urgency(CaseRow row, DateTimeOffset now) => row.DueAt is { } due ? $"× {Factor(CaseRank.Urgency(due, now))}" : "";

    /// <summary>A step of the history as people read it.</summary>
    public static string Step(CaseAction action) => action switch
    {
        CaseAction.Found => "Exception opened",
        CaseAction.Claim => "Claimed",
        CaseAction.Assign => "Assigned",
        CaseAction.Release => "Released",
        CaseAction.Submit => "Approval asked",
        CaseAction.Approve => "Approved",
        CaseAction.Reject => "Not approved",
        CaseAction.Edit => "Taken back to edit",
        CaseAction.Replay => "Replay ordered",
        CaseAction.Sent => "Delivered, proof awaited",
        CaseAction.Park => "Parked, target is down",
        CaseAction.Unpark => "Target is back",
        CaseAction.Cancel => "Replay cancelled",
        CaseAction.SendFailed => "Target refused the replay",
        CaseAction.Proven => "Proven",
        CaseAction.Disproven => "Came back",
        CaseAction.Snooze => "Laid aside",
        CaseAction.Wake => "Back from hold",
        CaseAction.Dismiss => "Dismissed",
        CaseAction.Reopen => "Came back",
        CaseAction.Comment => "Comment",
        CaseAction.Repair => "Repaired",
        CaseAction.Route => "Routed",
        CaseAction.Escalate => "Escalated",
        CaseAction.Pause => "Its clock stopped",
        CaseAction.Resume => "Its clock runs on",
        _ => "Facts changed",
    };

    /// <summary>Icon and family of a step on the timeline.</summary>
    public static (string Icon, string Family) Mark(CaseAction action) => action switch
    {
        CaseAction.Found => ("flag", "bad"),
        CaseAction.Claim or CaseAction.Assign => ("half", "move"),
        CaseAction.Submit => ("two", "wait"),
        CaseAction.Approve => ("done", "good"),
        CaseAction.Replay or CaseAction.Unpark => ("loop", "move"),
        CaseAction.Sent => ("sent", "warn"),
        CaseAction.Proven => ("proven", "good"),
        CaseAction.Park or CaseAction.Snooze or CaseAction.Pause => ("pause", "warn"),
        CaseAction.Escalate => ("soon", "warn"),
        CaseAction.SendFailed or CaseAction.Reject => ("failx", "bad"),
        CaseAction.Disproven or CaseAction.Reopen => ("back", "bad"),
        CaseAction.Repair or CaseAction.Edit => ("wrench", "move"),
        CaseAction.Comment => ("doc", ""),
        CaseAction.Route => ("route", ""),
        _ => ("open", ""),
    };

    public static string Sort(CaseSort sort) => sort switch
    {
        CaseSort.Rank => "By rank",
        CaseSort.Due => "Due first",
        CaseSort.Risk => "Most at risk first",
        CaseSort.Age => "Oldest first",
        _ => "Newest first",
    };

    public static string Amount(decimal amount, string currency) =>
        amount.ToString("N" + Money.Decimals(currency), CultureInfo.InvariantCulture);

    private static string Factor(double urgency) => urgency switch
    {
        >= 100 => urgency.ToString("N0", CultureInfo.InvariantCulture),
        >= 0.01 => urgency.ToString("0.##", CultureInfo.InvariantCulture),
        _ => "less than 0.01",
    };

    [GeneratedRegex(@" at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC| \(event [0-9a-f]+\)")]
    private static partial Regex Moment();

    // Its first sentence; the rest stands beside the field that it is about.
    private static string First(string message)
    {
        var end = message.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).Trim().TrimEnd('.');
    }
}
