using OpsConsole.Cases;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>Takes a parked replay back, so that it can be repaired again.</summary>
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
    public async Task<Outcome<CaseStep>> Handle(CancelReplay request, CancellationToken cancellationToken)
    {
        var found = await desk.Find(request.CaseId, request.Version, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        var move = @case.Move(CaseAction.Cancel, request.Actor, request.Reason, desk.Now);
        if (move.Value is not { } step)
        {
            return move;
        }

        foreach (var item in await db.ReplayItems.Where(r => r.CaseId == @case.Id && r.Outstanding == true).ToListAsync(cancellationToken))
        {
            item.End(ReplayState.Cancelled, $"taken back by {request.Actor.Name}", desk.Now);
        }

        return await desk.Commit(@case, step, request.Actor, cancellationToken);
    }
}
