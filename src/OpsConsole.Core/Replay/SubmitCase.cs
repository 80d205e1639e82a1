using OpsConsole.Cases;

namespace OpsConsole.Replay;

/// <summary>Asks a second person to approve the replay. What is approved is the payload and the target as they are now, by their hash.</summary>
/// <param name="CaseId">The exception.</param>
/// <param name="Version">The version that the caller saw; nothing: whatever it is now.</param>
/// <param name="Reason">Why, for the history.</param>
/// <param name="Actor">Who asks.</param>
public sealed record SubmitCase(Guid CaseId, int? Version, string Reason, Actor Actor) : IRequest<Outcome<CaseStep>>, IGuarded
{
    public Right Needs => Right.WorkCases;
}

internal sealed class SubmitCaseHandler(ReplayDesk desk) : IRequestHandler<SubmitCase, Outcome<CaseStep>>
{
    public async Task<Outcome<CaseStep>> Handle(SubmitCase request, CancellationToken cancellationToken)
    {
        var found = await desk.Find(request.CaseId, request.Version, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        var move = @case.Move(CaseAction.Submit, request.Actor, request.Reason, desk.Now);
        if (move.Value is not { } step)
        {
            return move;
        }

        var ready = await desk.Ready(@case, cancellationToken);
        if (ready.Value is not { } what)
        {
            return ready.Refusal!;
        }

        (@case.PreparedBy, @case.PreparedByName, @case.SubmittedHash) = (request.Actor.Id, request.Actor.Name, what.Hash);
        return await desk.Commit(@case, step, request.Actor, cancellationToken);
    }
}
