namespace OpsConsole.Cases;

/// <summary>Opens an ended exception again, because a person sees that it is not settled. It comes back as after a new failure: with its last fix, and to be routed anew.</summary>
/// <param name="CaseId">The exception.</param>
/// <param name="Version">The version that the caller saw; nothing: whatever it is now.</param>
/// <param name="Reason">Why, for the history.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ReopenCase(Guid CaseId, int? Version, string Reason, Actor Actor) : IRequest<Outcome<CaseStep>>, IGuarded
{
    public Right Needs => Right.WorkCases;
}

internal sealed class ReopenCaseHandler(CaseDesk desk) : IRequestHandler<ReopenCase, Outcome<CaseStep>>
{
    public Task<Outcome<CaseStep>> Handle(ReopenCase request, CancellationToken cancellationToken) =>
        desk.Take(new CaseStepAsked(request.CaseId, request.Version, CaseAction.Reopen, request.Actor, request.Reason), cancellationToken,
            also: c => (c.CameBack, c.Ending, c.ProofKey, c.RoutedAt) = (true, null, null, null));
}
