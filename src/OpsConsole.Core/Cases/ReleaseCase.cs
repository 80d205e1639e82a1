namespace OpsConsole.Cases;

/// <summary>Gives a claimed exception back to its queue.</summary>
/// <param name="CaseId">The exception.</param>
/// <param name="Version">The version that the caller saw; nothing: whatever it is now.</param>
/// <param name="Reason">Why, for the history.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ReleaseCase(Guid CaseId, int? Version, string Reason, Actor Actor) : IRequest<Outcome<CaseStep>>, IGuarded
{
    public Right Needs => Right.WorkCases;
}

internal sealed class ReleaseCaseHandler(CaseDesk desk) : IRequestHandler<ReleaseCase, Outcome<CaseStep>>
{
    public Task<Outcome<CaseStep>> Handle(ReleaseCase request, CancellationToken cancellationToken) =>
        desk.Take(new CaseStepAsked(request.CaseId, request.Version, CaseAction.Release, request.Actor, request.Reason), cancellationToken);
}
