using OpsConsole.Access;
using OpsConsole.Approvals;
using OpsConsole.Storage;

namespace OpsConsole.Replay.Bulks;

/// <summary>Lets a bulk go as the second pair of eyes: never the one who prepared it, never a key, and only what was submitted.</summary>
public sealed record ApproveBulk(Guid BulkId, int? Version, string Reason, Actor Actor) : IRequest<Outcome<BulkView>>, IGuarded, IStepUp
{
    public Right Needs => Right.Approve;
}

internal sealed class ApproveBulkHandler(OpsDb db, BulkDesk desk, BulkFourEyes fourEyes, BulkHash hash, IMediator mediator) : IRequestHandler<ApproveBulk, Outcome<BulkView>>
{
    public async Task<Outcome<BulkView>> Handle(ApproveBulk request, CancellationToken cancellationToken)
    {
        var found = await desk.Find(request.BulkId, request.Version, request.Actor, cancellationToken);
        if (found.Value is not { } bulk)
        {
            return found.Refusal!;
        }

        if (await WhyNot(bulk, request.Actor, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var moved = bulk.Move(BulkAction.Approve, $"approved by {request.Actor.Name}{(request.Reason.Length > 0 ? $": {request.Reason}" : "")}", desk.Now);
        if (!moved.Accepted)
        {
            return moved.Refusal!;
        }

        (bulk.ApprovedBy, bulk.ApprovedByName, bulk.StartedAt) = (request.Actor.Id, request.Actor.Name, desk.Now);
        var saved = await desk.Commit(bulk, BulkAction.Approve, request.Actor, cancellationToken);
        return saved.Accepted ? await mediator.Send(new ShowBulk(bulk.Id, request.Actor), cancellationToken) : saved.Refusal!;
    }

    // Whoever wrote a payload in it has prepared it, whoever pressed "submit".
    private async Task<Refusal?> WhyNot(Bulk bulk, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Kind is not ActorKind.Person)
        {
            return Refusal.Forbidden("A key never approves.");
        }

        var authors = await (
            from item in db.BulkItems
            where item.BulkId == bulk.Id && item.State == BulkItemState.Pending
            join payload in db.PayloadVersions on item.CaseId equals payload.CaseId
            select payload.AuthorId).Distinct().ToListAsync(cancellationToken);
        return await Hands.Include(db, actor, [.. authors, bulk.CreatedBy, .. bulk.StartedBy is { } starter ? [starter] : Array.Empty<string>()], cancellationToken)
            ? Refusal.Forbidden("A second person must decide: you prepared it yourself, or a payload in it, by your own hand or by a key that you made.")
            : await fourEyes.Beyond(bulk, actor, cancellationToken) is { } beyond ? Refusal.Forbidden($"{beyond} Hand it to somebody who decides more.")
            : bulk.State is BulkState.AwaitingApproval && await hash.Of(bulk.Id, cancellationToken) != bulk.Hash
                ? Refusal.Conflict("approval.changed", "Items of the bulk or their targets changed after it was submitted. It must be submitted again.")
            : null;
    }
}
