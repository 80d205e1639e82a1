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
        var found = await cases.Find(request.CaseId, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        if (request.Content.Wrong() is { } refusal)
        {
            return refusal;
        }

        var draft = await Keep(@case, request, cancellationToken);
        if (draft.Refusal is not null)
        {
            // The first keys in two windows at once: by now there is a draft to write them to.
            db.ChangeTracker.Clear();
            draft = await Keep(@case, request, cancellationToken);
        }

        return draft.Accepted ? await desk.Form(@case, draft.Value.Draft, cancellationToken) : draft.Refusal;
    }

    private async Task<Outcome<Kept>> Keep(ExceptionCase @case, SaveRepairDraft request, CancellationToken cancellationToken)
    {
        var known = await db.RepairDrafts.SingleOrDefaultAsync(d => d.CaseId == @case.Id && d.PersonId == request.Actor.Id, cancellationToken);
        return await db.CommitWith(new Kept(Take(known, @case, request)), cancellationToken);
    }

    private RepairDraft? Take(RepairDraft? draft, ExceptionCase @case, SaveRepairDraft request)
    {
        if (request.Content.IsEmpty)
        {
            if (draft is not null)
            {
                db.RepairDrafts.Remove(draft);
            }

            return null;
        }

        if (draft is null)
        {
            draft = new RepairDraft { CaseId = @case.Id, PersonId = request.Actor.Id, BaseVersion = @case.PayloadVersion, Content = request.Content.ToJson(), SavedAt = cases.Now };
            db.RepairDrafts.Add(draft);
            return draft;
        }

        (draft.Content, draft.SavedAt) = (request.Content.ToJson(), cases.Now);
        return draft;
    }

    /// <param name="Draft">Nothing: it was emptied.</param>
    private sealed record Kept(RepairDraft? Draft);
}
