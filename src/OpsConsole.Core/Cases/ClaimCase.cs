namespace OpsConsole.Cases;

/// <summary>Takes an open exception for oneself. Of two who claim at once one wins, the other is told who.</summary>
/// <param name="CaseId">The exception.</param>
/// <param name="Version">The version that the caller saw; nothing: whatever it is now.</param>
/// <param name="Reason">Why, for the history.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ClaimCase(Guid CaseId, int? Version, string Reason, Actor Actor) : IRequest<Outcome<CaseStep>>, IGuarded
{
    public Right Needs => Right.WorkCases;
}

internal sealed class ClaimCaseHandler(CaseDesk desk) : IRequestHandler<ClaimCase, Outcome<CaseStep>>
{
    public Task<Outcome<CaseStep>> Handle(ClaimCase request, CancellationToken cancellationToken) =>
        desk.Take(new CaseStepAsked(request.CaseId, request.Version, CaseAction.Claim, request.Actor, request.Reason), cancellationToken);
}
