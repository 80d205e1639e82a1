using OpsConsole.Cases;

namespace OpsConsole.Replay;

/// <summary>Keeps a repaired payload as a new version; the original stays. While it waits for approval this takes the request back.</summary>
/// <param name="CaseId">The exception.</param>
/// <param name="Version">The version of the exception that the caller saw; nothing: whatever it is now.</param>
/// <param name="Body">The whole message as it shall be sent.</param>
/// <param name="Note">What was changed and why.</param>
/// <param name="Actor">Who asks; it must be theirs.</param>
public sealed record RepairPayload(Guid CaseId, int? Version, string Body, string Note, Actor Actor) : IRequest<Outcome<CaseStep>>, IGuarded
{
    public Right Needs => Right.WorkCases;
}
