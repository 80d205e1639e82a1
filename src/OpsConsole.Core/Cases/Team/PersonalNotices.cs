using OpsConsole.Notify;
using OpsConsole.Storage;

namespace OpsConsole.Cases.Team;

/// <summary>Why somebody is told of a step.</summary>
public enum NoticeKind : short
{
    /// <summary>A comment names them.</summary>
    Mentioned,

    /// <summary>They hold it now: somebody gave it to them.</summary>
    Assigned,

    /// <summary>Their claim ended, or somebody else holds it now.</summary>
    ClaimEnded,

    /// <summary>They are asked to be the second pair of eyes.</summary>
    ApprovalAsked,

    /// <summary>What they prepared was decided on.</summary>
    Decided,

    /// <summary>Something happened to what they watch.</summary>
    Watched,
}

/// <summary>Who is told of a step: those whom it concerns by name, and those who watch. Nobody is told what they did themselves, or twice.</summary>
internal static class PersonalNotices
{
    /// <summary>Adds the notices of one step to what is saved with it.</summary>
    /// <param name="db">In the transaction of the step.</param>
    /// <param name="concerned">People by name, the first reason counts; nobody and programs are left out.</param>
    /// <param name="case">After the step.</param>
    /// <param name="step">What happened.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public static async Task Tell(
        OpsDb db, IReadOnlyCollection<(string? PersonId, NoticeKind Kind)> concerned, ExceptionCase @case, CaseStep step, CancellationToken cancellationToken)
    {
        var watchers = CaseFlow.IsNote(step.Action) && step.Action is not CaseAction.Comment
            ? []
            : await db.CaseWatches.AsNoTracking().Where(w => w.CaseId == @case.Id).Select(w => w.PersonId).ToListAsync(cancellationToken);
        Add(db, concerned.Concat(watchers.Select(id => ((string?)id, NoticeKind.Watched))), @case, step);
    }

    /// <summary>The same for many steps at once, where only watchers are told: what workers did.</summary>
    public static async Task Tell(OpsDb db, IReadOnlyList<(ExceptionCase Case, CaseStep Step)> steps, CancellationToken cancellationToken)
    {
        var moved = steps.Where(one => !CaseFlow.IsNote(one.Step.Action)).ToList();
        var ids = moved.Select(one => one.Case.Id).Distinct().ToList();
        var watches = ids.Count == 0 ? [] : await db.CaseWatches.AsNoTracking().Where(w => ids.Contains(w.CaseId)).ToListAsync(cancellationToken);
        foreach (var (@case, step) in watches.Count == 0 ? [] : moved)
        {
            Add(db, watches.Where(w => w.CaseId == @case.Id).Select(w => ((string?)w.PersonId, NoticeKind.Watched)), @case, step);
        }
    }

    /// <summary>What the notices of one exception have in common: its page marks them as read.</summary>
    public static string CauseOf(Guid caseId) => $"case/{caseId}";

    private static void Add(OpsDb db, IEnumerable<(string? PersonId, NoticeKind Kind)> told, ExceptionCase @case, CaseStep step)
    {
        foreach (var (id, kind) in told.Where(one => one.PersonId != step.ActorId).DistinctBy(one => one.PersonId))
        {
            if (Guid.TryParse(id, out var person))
            {
                db.Notices.Add(Of(person, kind, @case, step));
            }
        }
    }

    private static Notice Of(Guid person, NoticeKind kind, ExceptionCase @case, CaseStep step)
    {
        var text = Text(kind, step);
        return new Notice
        {
            Id = Guid.CreateVersion7(step.At), Recipient = Notice.ToPerson(person), Unit = @case.Unit, LegalEntity = @case.LegalEntity, Kind = Code(kind), Cause = CauseOf(@case.Id),
            Subject = Ids.Key(["step", step.CaseId.ToString(), $"{step.Version}"]), At = step.At, Link = $"/exceptions/{@case.Name}",
            Text = Cut($"{@case.Name}: {text}"), Several = Cut($"times about {@case.Name}, last: {text}"),
        };
    }

    private static string Code(NoticeKind kind) => kind switch
    {
        NoticeKind.Mentioned => NoticeKinds.Mention,
        NoticeKind.Assigned => NoticeKinds.HandOver,
        NoticeKind.ClaimEnded => NoticeKinds.ClaimEnded,
        NoticeKind.ApprovalAsked => NoticeKinds.Approval,
        NoticeKind.Decided => NoticeKinds.Decision,
        _ => NoticeKinds.Watch,
    };

    private static string Text(NoticeKind kind, CaseStep step)
    {
        var why = step.Reason.Length > 0 ? $": {step.Reason}" : "";
        return kind switch
        {
            NoticeKind.Mentioned => $"{step.ActorName} mentioned you{why}",
            NoticeKind.Assigned => $"{step.ActorName} gave it to you{Note(step.Reason)}",
            NoticeKind.ClaimEnded when step.Action is CaseAction.Assign => $"{step.ActorName} gave what you held {step.Reason}",
            NoticeKind.ClaimEnded => $"You no longer hold it{why}",
            NoticeKind.ApprovalAsked => $"{step.ActorName} asks you to approve{Note(step.Reason)}",
            NoticeKind.Decided => $"{step.ActorName} {(step.Action is CaseAction.Approve ? "approved what you prepared" : "did not approve what you prepared")}{why}",
            _ => $"{step.ActorName}, {CaseWords.Code(step.Action)}{why}",
        };
    }

    private static string Cut(string text) => text.Length > Columns.Sentence ? text[..Columns.Sentence] : text;

    // "to Ben: look at the terms" without whom it was given to: they know.
    private static string Note(string reason) => reason.IndexOf(": ", StringComparison.Ordinal) is var at and > 0 ? reason[at..] : "";
}
