using OpsConsole.Cases;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>
/// Keeps what somebody has typed so far, for them alone; an empty draft is dropped. It changes nothing for anybody else, so it writes neither
/// history nor audit nor news; the repair that comes of it does.
/// </summary>
public sealed record SaveRepairDraft(Guid CaseId, DraftContent Content, Actor Actor) : IRequest<Outcome<RepairForm>>, IGuarded
{
    public Right Needs => Right.WorkCases;
}

internal sealed class SaveRepairDraftHandler(OpsDb db, CaseDesk cases, RepairDesk desk) : IRequestHandler<SaveRepairDraft, Outcome<RepairForm>>
{
    public async Task<Outcome<RepairForm>> Handle(SaveRepairDraft request, CancellationToken cancellationToken)
    {
        if (request.Content.Wrong() is { } refusal)
        {
            return refusal;
        }

        var kept = await Keep(request, cancellationToken);
        if (kept.Refusal is { Kind: RefusalKind.Stale })
        {
            // The first keys in two windows at once, or the repair was saved meanwhile.
            db.ChangeTracker.Clear();
            kept = await Keep(request, cancellationToken);
        }

        return kept.Value is { } what ? await desk.Form(what.Case, what.Draft, request.Actor, cancellationToken) : kept.Refusal!;
    }

    // The draft before its exception: what is saved in between then counts as saved, and leaves no draft behind.
    private async Task<Outcome<Kept>> Keep(SaveRepairDraft request, CancellationToken cancellationToken)
    {
        var known = await db.RepairDrafts.SingleOrDefaultAsync(d => d.CaseId == request.CaseId && d.PersonId == request.Actor.Id, cancellationToken);
        var found = await cases.Find(request.CaseId, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        var content = await IsSaved(@case, request.Content, cancellationToken) ? DraftContent.Empty : request.Content;
        return await db.CommitWith(new Kept(@case, Take(known, @case, content, request.Actor)), cancellationToken);
    }

    // The last key of a note and the press on "save" travel side by side.
    private async Task<bool> IsSaved(ExceptionCase @case, DraftContent content, CancellationToken cancellationToken) =>
        @case.PayloadVersion > 0 && (content.Raw is not null || content.Edits.Count > 0)
        && (await desk.Payload(@case, cancellationToken)).Current is { } current && content.On(current) == current;

    private RepairDraft? Take(RepairDraft? draft, ExceptionCase @case, DraftContent content, Actor actor)
    {
        if (content.IsEmpty)
        {
            if (draft is not null)
            {
                db.RepairDrafts.Remove(draft);
            }

            return null;
        }

        if (draft is null)
        {
            draft = new RepairDraft { CaseId = @case.Id, PersonId = actor.Id, BaseVersion = @case.PayloadVersion, Content = content.ToJson(), SavedAt = cases.Now };
            db.RepairDrafts.Add(draft);
            return draft;
        }

        (draft.Content, draft.SavedAt) = (content.ToJson(), cases.Now);
        return draft;
    }

    /// <param name="Draft">Nothing: it was emptied.</param>
    private sealed record Kept(ExceptionCase Case, RepairDraft? Draft);
}
