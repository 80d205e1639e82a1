using System.Globalization;
using OpsConsole.Storage;

namespace OpsConsole.Replay.Bulks;

/// <summary>Gives a bulk back to the one who prepared it.</summary>
public sealed record RejectBulk(Guid BulkId, int? Version, string Reason, Actor Actor) : IRequest<Outcome<BulkView>>, IGuarded
{
    public Right Needs => Right.Approve;
}

/// <summary>Orders nothing more until it is gone on with; what is on its way goes on. A brake: it holds however often the bulk has moved on since it was seen.</summary>
public sealed record PauseBulk(Guid BulkId, int? Version, Actor Actor) : IRequest<Outcome<BulkView>>, IGuarded
{
    public Right Needs => Right.WorkCases;
}

/// <summary>Goes on with a bulk that was paused or stopped by itself. The share of failures counts from here.</summary>
public sealed record GoOnWithBulk(Guid BulkId, int? Version, Actor Actor) : IRequest<Outcome<BulkView>>, IGuarded
{
    public Right Needs => Right.WorkCases;
}

/// <summary>Ends a bulk, however often it has moved on since it was seen. What was not ordered is left over; what waits is taken back; what is being sent comes to its end.</summary>
public sealed record CancelBulk(Guid BulkId, int? Version, Actor Actor) : IRequest<Outcome<BulkView>>, IGuarded
{
    public Right Needs => Right.WorkCases;
}

internal sealed class BulkStepHandlers(OpsDb db, BulkDesk desk, BulkCancel cancel, IMediator mediator)
    : IRequestHandler<RejectBulk, Outcome<BulkView>>, IRequestHandler<PauseBulk, Outcome<BulkView>>, IRequestHandler<GoOnWithBulk, Outcome<BulkView>>, IRequestHandler<CancelBulk, Outcome<BulkView>>
{
    public async Task<Outcome<BulkView>> Handle(RejectBulk request, CancellationToken cancellationToken) => await Show(
        request.BulkId, request.Actor,
        await desk.Take(new BulkStepAsked(request.BulkId, request.Version, BulkAction.Reject, request.Actor, $"not approved by {request.Actor.Name}: {request.Reason}"), cancellationToken, bulk => bulk.Hash = null),
        cancellationToken);

    public async Task<Outcome<BulkView>> Handle(PauseBulk request, CancellationToken cancellationToken) => await Show(
        request.BulkId, request.Actor,
        await desk.Take(new BulkStepAsked(request.BulkId, null, BulkAction.Pause, request.Actor, $"paused by {request.Actor.Name}"), cancellationToken), cancellationToken);

    public async Task<Outcome<BulkView>> Handle(GoOnWithBulk request, CancellationToken cancellationToken)
    {
        var progress = await BulkProgress.Read(db, request.BulkId, desk.Now, cancellationToken);
        var step = new BulkStepAsked(request.BulkId, request.Version, BulkAction.GoOn, request.Actor, string.Create(CultureInfo.InvariantCulture, $"gone on with by {request.Actor.Name}"));
        var taken = await desk.Take(step, cancellationToken, bulk => (bulk.EndedBefore, bulk.FailedBefore) = (progress.Counted, progress.Failed));
        return await Show(request.BulkId, request.Actor, taken, cancellationToken);
    }

    public async Task<Outcome<BulkView>> Handle(CancelBulk request, CancellationToken cancellationToken) =>
        await Show(
            request.BulkId, request.Actor,
            await desk.Take(
                new BulkStepAsked(request.BulkId, null, BulkAction.Cancel, request.Actor, $"cancelled by {request.Actor.Name}"), cancellationToken,
                then: () => cancel.TakeBack(request.BulkId, $"taken back: {request.Actor.Name} cancelled the bulk", cancellationToken)),
            cancellationToken);

    private async Task<Outcome<BulkView>> Show(Guid id, Actor actor, Outcome<Bulk> taken, CancellationToken cancellationToken) =>
        taken.Accepted ? await mediator.Send(new ShowBulk(id, actor), cancellationToken) : taken.Refusal!;
}
