using OpsConsole.Cases;
using OpsConsole.Cases.Team;

namespace OpsConsole.Replay;

/// <summary>Gives it back to the one who prepared it.</summary>
/// <param name="CaseId">The exception.</param>
/// <param name="Version">The version that the caller saw; nothing: whatever it is now.</param>
/// <param name="Reason">Why, for the history.</param>
/// <param name="Actor">Who asks.</param>
public sealed record RejectCase(Guid CaseId, int? Version, string Reason, Actor Actor) : IRequest<Outcome<CaseStep>>, IGuarded
{
    public Right Needs => Right.Approve;
}

internal sealed class RejectCaseHandler(ReplayDesk desk) : IRequestHandler<RejectCase, Outcome<CaseStep>>
{
    public Task<Outcome<CaseStep>> Handle(RejectCase request, CancellationToken cancellationToken) => desk.Insist(() => Once(request, cancellationToken));

    private async Task<Outcome<CaseStep>> Once(RejectCase request, CancellationToken cancellationToken)
    {
        var found = await desk.Find(request.CaseId, request.Version, CaseAction.Reject, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        var move = @case.Move(CaseAction.Reject, request.Actor, request.Reason, desk.Now);
        if (move.Value is not { } step)
        {
            return move;
        }

        var preparer = @case.PreparedBy;
        (@case.PreparedBy, @case.PreparedByName, @case.SubmittedHash) = (null, null, null);
        return await desk.Commit(@case, step, request.Actor, cancellationToken, (preparer, NoticeKind.Decided));
    }
}
