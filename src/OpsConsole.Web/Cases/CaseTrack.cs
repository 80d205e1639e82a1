using OpsConsole.Cases;
using OpsConsole.Replay;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Cases;

/// <summary>One stage on the way from found to proven.</summary>
/// <param name="Kind"><c>done</c>, <c>back</c>, <c>now</c> or <c>todo</c>.</param>
/// <param name="Icon">Of <c>IconSprite</c>.</param>
/// <param name="Title">The stage.</param>
/// <param name="Below">Who and when, or what is awaited.</param>
/// <param name="Family">Colour of the present stage.</param>
public sealed record Stage(string Kind, string Icon, string Title, string Below, string Family = "");

/// <summary>The way of an exception as a track: what is behind, where it is, what is ahead. Told from its history since it last failed.</summary>
internal static class CaseTrack
{
    /// <param name="asks">Its target can be asked what it holds, so a dry run belongs to the way.</param>
    /// <param name="dryRun">What the target answered the reader, of the payload as it is saved.</param>
    public static IReadOnlyList<Stage> Of(CaseRow row, IReadOnlyList<CaseStep> steps, bool needsApproval, Reader reader, bool asks = false, DryRunResult? dryRun = null)
    {
        var round = Round(steps);
        var stages = new List<Stage> { Found(row, reader) };
        if (row.CameBack && round.FirstOrDefault(step => step.Action is CaseAction.Disproven or CaseAction.Reopen) is { } back)
        {
            stages.Add(new Stage("back", "back", "Came back", $"{(row.Attempts > 0 ? $"attempt {row.Attempts}, " : "")}{reader.Brief(back.At)}"));
        }

        if (row.State is CaseState.Dismissed)
        {
            return [.. stages, new Stage("done", "minus", "Dismissed", row.EndedAt is { } ended ? reader.Brief(ended) : "")];
        }

        stages.Add(Claimed(row, round, reader));
        if (row.Kind is SignalKind.Missing)
        {
            return [.. stages, row.State is CaseState.Resolved ? Proven(row, reader) : new Stage("todo", "dash", "Proven", "as soon as it is said")];
        }

        stages.Add(Repaired(row, round, reader));
        if (dryRun is not null || (asks && row.State is CaseState.Open or CaseState.Claimed))
        {
            stages = Asked(row, stages, dryRun, reader);
        }

        if (needsApproval || Last(round, CaseAction.Submit) is not null)
        {
            stages.Add(Approved(row, round, reader));
        }

        stages.Add(Replayed(row, round, reader));
        stages.Add(Proven(row, reader));
        return stages;
    }

    // Whoever holds it and has asked stands here now, and what was before is behind.
    private static List<Stage> Asked(CaseRow row, List<Stage> before, DryRunResult? dryRun, Reader reader)
    {
        if (dryRun is null)
        {
            return [.. before, new Stage("todo", "dash", "Dry run", "writes nothing")];
        }

        var status = DryRunPanel.Say(dryRun);
        var here = row.State is CaseState.Claimed;
        var stage = new Stage(here ? "now" : "done", status.Icon, dryRun.Refused ? "Dry run refuses" : "Dry run", $"{status.Word.ToLowerInvariant()}, {reader.Time(dryRun.At)}", status.Family);
        return here ? [.. before.Select(one => one.Kind is "now" ? one with { Kind = "done", Title = one.Title is "In repair" ? "Repaired" : one.Title, Icon = "done" } : one), stage] : [.. before, stage];
    }

    private static Stage Found(CaseRow row, Reader reader) =>
        row.Kind is SignalKind.Missing
            ? new Stage("back", "miss", "Not arrived", $"due {reader.Brief(row.FailedAt)}")
            : new Stage("done", "done", "Found", reader.Brief(row.FailedAt));

    private static Stage Claimed(CaseRow row, IReadOnlyList<CaseStep> round, Reader reader)
    {
        if (row.State is CaseState.Snoozed)
        {
            return new Stage("now", "pause", "On hold", row.SnoozedUntil is { } until ? $"until {reader.Brief(until)}" : "", "still");
        }

        if (row.HolderName is { } holder)
        {
            var below = $"{holder}, {(row.HeldSince is { } since ? reader.Brief(since) : "")}";
            return row is { State: CaseState.Claimed } && Last(round, CaseAction.Repair) is null ? new Stage("now", "half", "Claimed", below, "move") : new Stage("done", "done", "Claimed", below);
        }

        return Last(round, CaseAction.Claim) is { } claim && row.State is not CaseState.Open
            ? new Stage("done", "done", "Claimed", $"{claim.ActorName}, {reader.Brief(claim.At)}")
            : row.State is CaseState.Resolved ? new Stage("todo", "minus", "Claimed", "by nobody") : new Stage(row.State is CaseState.Open ? "now" : "todo", "open", "Open", "nobody holds it", "still");
    }

    private static Stage Repaired(CaseRow row, IReadOnlyList<CaseStep> round, Reader reader)
    {
        if (Last(round, CaseAction.Repair) is { } repair)
        {
            var below = $"version {row.PayloadVersion}, {reader.Brief(repair.At)}";
            return row.State is CaseState.Claimed ? new Stage("now", "wrench", "In repair", below, "move") : new Stage("done", "done", "Repaired", below);
        }

        return Last(round, CaseAction.Replay, CaseAction.Submit) is not null ? new Stage("done", "minus", "Repair", "sent unchanged") : new Stage("todo", "dash", "Repair", "not begun");
    }

    private static Stage Approved(CaseRow row, IReadOnlyList<CaseStep> round, Reader reader) =>
        row.State is CaseState.AwaitingApproval && Last(round, CaseAction.Submit) is { } asked ? new Stage("now", "two", "To approve", $"asked {reader.Brief(asked.At)}", "wait")
        : Last(round, CaseAction.Approve) is { } approved ? new Stage("done", "done", "Approved", $"{approved.ActorName}, {reader.Brief(approved.At)}")
        : new Stage("todo", "dash", "Approval", "by a 2nd person");

    private static Stage Replayed(CaseRow row, IReadOnlyList<CaseStep> round, Reader reader) => row.State switch
    {
        CaseState.Parked => new Stage("now", "pause", "Parked", "target is down", "warn"),
        CaseState.Replaying => new Stage("now", "loop", "Replaying", $"attempt {row.Attempts + 1}", "move"),
        _ when Last(round, CaseAction.Sent) is { } sent => new Stage("done", "done", "Delivered", reader.Brief(sent.At)),
        _ => new Stage("todo", "dash", "Replay", $"attempt {row.Attempts + 1}"),
    };

    private static Stage Proven(CaseRow row, Reader reader) => row.State switch
    {
        CaseState.Resolved => new Stage("done", "proven", "Proven", row.EndedAt is { } ended ? reader.Brief(ended) : ""),
        CaseState.AwaitingProof => new Stage("now", "sent", "Unproven", row.ProofDueAt is { } due ? $"proof by {reader.Brief(due)}" : "", "warn"),
        _ => new Stage("todo", "dash", "Proven", $"{Words.System(row.System)} shows it"),
    };

    // What happened before it failed again belongs to another round; the step that says it failed opens this one.
    private static List<CaseStep> Round(IReadOnlyList<CaseStep> steps)
    {
        var begin = steps.Count - 1;
        while (begin > 0 && steps[begin].Action is not (CaseAction.Found or CaseAction.Reopen or CaseAction.Disproven))
        {
            begin--;
        }

        return [.. steps.Skip(begin)];
    }

    private static CaseStep? Last(IReadOnlyList<CaseStep> round, params CaseAction[] actions) => round.LastOrDefault(step => actions.Contains(step.Action));
}
