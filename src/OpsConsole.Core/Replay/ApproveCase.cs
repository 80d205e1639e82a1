using OpsConsole.Cases;

namespace OpsConsole.Replay;

/// <summary>Lets the replay go, as the second pair of eyes: never the one who prepared it, never a key, and only for what was submitted.</summary>
/// <param name="CaseId">The exception.</param>
/// <param name="Version">The version that the caller saw; nothing: whatever it is now.</param>
/// <param name="Reason">Why, for the history.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ApproveCase(Guid CaseId, int? Version, string Reason, Actor Actor) : IRequest<Outcome<CaseStep>>, IGuarded
{
    public Right Needs => Right.Approve;
}
