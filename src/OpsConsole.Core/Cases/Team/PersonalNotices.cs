using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Cases.Team;

/// <summary>Who is told of a step: those whom it concerns by name, and those who watch. Nobody is told what they did themselves, or twice.</summary>
internal static class PersonalNotices
{
    private const int Longest = 1_000;

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

    private static void Add(OpsDb db, IEnumerable<(string? PersonId, NoticeKind Kind)> told, ExceptionCase @case, CaseStep step)
    {
        foreach (var (person, kind) in told.Where(one => one.PersonId is { } id && id != step.ActorId && Guid.TryParse(id, out _)).DistinctBy(one => one.PersonId))
        {
            var text = Text(kind, step);
            db.PersonalNotices.Add(new PersonalNotice
            {
                Id = Guid.CreateVersion7(step.At), PersonId = person!, Kind = kind, CaseId = @case.Id, Text = text.Length > Longest ? text[..Longest] : text, ById = step.ActorId, At = step.At,
            });
            db.Changes.Add(new Change { Topic = LiveTopic.Notices, Subject = Guid.Parse(person!), At = step.At });
        }
    }

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

    // "to Ben: look at the terms" without whom it was given to: they know.
    private static string Note(string reason) => reason.IndexOf(": ", StringComparison.Ordinal) is var at and > 0 ? reason[at..] : "";
}
