namespace OpsConsole.Replay;

/// <summary>Registers a target or changes it.</summary>
/// <param name="Name">As facts name it in <c>replayTarget</c>.</param>
/// <param name="Body">What it is.</param>
/// <param name="Actor">Who asks.</param>
public sealed record SaveTarget(string Name, TargetBody Body, Actor Actor) : IRequest<Outcome<TargetRow>>, IGuarded
{
    public Right Needs => Right.ManageRules;
}

/// <param name="Url">Absolute http or https address that takes the payload.</param>
/// <param name="Method">POST (when absent), PUT or PATCH.</param>
/// <param name="ReadBackUrl">Address that shows the object, with <c>{type}</c> and <c>{id}</c>.</param>
/// <param name="ProofSeconds">Seconds from delivery within which proof must come; 900 when absent.</param>
/// <param name="TimeoutSeconds">Seconds that one send may take; 30 when absent.</param>
/// <param name="Secret">Standard Webhooks secret (<c>whsec_…</c>); absent: the present one stays; empty: none.</param>
/// <param name="Disabled">Nothing is sent to it.</param>
public sealed record TargetBody(
    string Url, string? Method = null, string? ReadBackUrl = null, int? ProofSeconds = null, int? TimeoutSeconds = null, string? Secret = null, bool Disabled = false);
