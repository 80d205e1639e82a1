using Microsoft.Extensions.Options;

namespace OpsConsole.Cases;

/// <summary>When a claim ends by itself: a while after its holder last worked on it, so that nothing is held by somebody who went home.</summary>
internal sealed class ClaimLease(IOptions<DeskOptions> options)
{
    public DateTimeOffset End(DateTimeOffset from) => from.AddHours(options.Value.LeaseHours);

    /// <summary>After a step: whoever holds it has just worked on it, or has just been given it.</summary>
    public void Renew(ExceptionCase @case, CaseStep step)
    {
        if (@case.State is CaseState.Claimed && (step.ActorId == @case.Holder || step.From is not CaseState.Claimed || step.Action is CaseAction.Assign))
        {
            @case.HeldUntil = End(step.At);
        }
    }
}
