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

        var draft = await db.RepairDrafts.SingleOrDefaultAsync(d => d.CaseId == @case.Id && d.PersonId == request.Actor.Id, cancellationToken);
        draft = Take(draft, @case, request);
        if (draft is not null || db.ChangeTracker.HasChanges())
        {
            var saved = await db.CommitWith(@case.Id, cancellationToken);
            if (!saved.Accepted)
            {
                return saved.Refusal;
            }
        }

        return await desk.Form(@case, draft, cancellationToken);
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
}
