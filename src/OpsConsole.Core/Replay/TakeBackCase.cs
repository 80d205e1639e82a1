using OpsConsole.Cases;

namespace OpsConsole.Replay;

/// <summary>Who asked for approval takes the request back, to change something or to let it be.</summary>
/// <param name="CaseId">The exception.</param>
/// <param name="Version">The version that the caller saw; nothing: whatever it is now.</param>
/// <param name="Reason">Why, for the history.</param>
/// <param name="Actor">Who asks; it must be theirs.</param>
public sealed record TakeBackCase(Guid CaseId, int? Version, string Reason, Actor Actor) : IRequest<Outcome<CaseStep>>, IGuarded
{
    public Right Needs => Right.WorkCases;
}

internal sealed class TakeBackCaseHandler(ReplayDesk desk) : IRequestHandler<TakeBackCase, Outcome<CaseStep>>
{
    public Task<Outcome<CaseStep>> Handle(TakeBackCase request, CancellationToken cancellationToken) => desk.Insist(() => Once(request, cancellationToken));

    private async Task<Outcome<CaseStep>> Once(TakeBackCase request, CancellationToken cancellationToken)
    {
        var found = await desk.Find(request.CaseId, request.Version, CaseAction.Edit, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        var move = @case.Move(CaseAction.Edit, request.Actor, request.Reason.Length > 0 ? request.Reason : "the request for approval is taken back", desk.Now);
        if (move.Value is not { } step)
        {
            return move;
        }

        (@case.PreparedBy, @case.PreparedByName, @case.SubmittedHash) = (null, null, null);
        return await desk.Commit(@case, step, request.Actor, cancellationToken);
    }
}
