using OpsConsole.Cases;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>Takes a replay back that is parked, or waits for another exception, so that it can be repaired again.</summary>
/// <param name="CaseId">The exception.</param>
/// <param name="Version">The version that the caller saw; nothing: whatever it is now.</param>
/// <param name="Reason">Why, for the history.</param>
/// <param name="Actor">Who asks.</param>
public sealed record CancelReplay(Guid CaseId, int? Version, string Reason, Actor Actor) : IRequest<Outcome<CaseStep>>, IGuarded
{
    public Right Needs => Right.WorkCases;
}

internal sealed class CancelReplayHandler(OpsDb db, ReplayDesk desk) : IRequestHandler<CancelReplay, Outcome<CaseStep>>
{
    public Task<Outcome<CaseStep>> Handle(CancelReplay request, CancellationToken cancellationToken) => desk.Insist(() => Once(request, cancellationToken));

    private async Task<Outcome<CaseStep>> Once(CancelReplay request, CancellationToken cancellationToken)
    {
        var found = await desk.Find(request.CaseId, request.Version, CaseAction.Cancel, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        var items = await db.ReplayItems.Where(r => r.CaseId == @case.Id && r.Outstanding == true).ToListAsync(cancellationToken);
        var waits = @case.State is CaseState.Replaying && items.Exists(item => item.State is ReplayState.Waiting);
        var move = @case.Move(waits ? CaseAction.SendFailed : CaseAction.Cancel, request.Actor, waits ? $"taken back before it was sent. {request.Reason}".Trim() : request.Reason, desk.Now);
        if (move.Value is not { } step)
        {
            return move;
        }

        foreach (var item in items)
        {
            item.End(ReplayState.Cancelled, $"taken back by {request.Actor.Name}", desk.Now);
        }

        return await desk.Commit(@case, step, request.Actor, cancellationToken);
    }
}
