using OpsConsole.Cases;
using OpsConsole.Contracts;
using OpsConsole.Replay.Targets;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>Asks a target before anything is sent to it, for dry runs and for every step that would lead to a send.</summary>
internal sealed class TargetCheck(OpsDb db, TargetCatalog targets, FieldSeal seal, TimeProvider clock)
{
    public async Task<DryRunResult> Ask(ExceptionCase @case, ReplayTarget target, string body, CancellationToken cancellationToken)
    {
        body = (await seal.Open(body, cancellationToken))!;
        var version = await db.ObjectStates.AsNoTracking().Where(s => s.ObjectKey == @case.ObjectKey && s.System == @case.System).Select(s => s.Version).FirstOrDefaultAsync(cancellationToken);
        var holding = await targets.Read(target, Probe.Of(@case, body), cancellationToken);
        return DryRunJudge.Judge(new Asked(@case, version), target, holding, body, clock.GetUtcNow());
    }

    /// <summary>Why this must not be replayed: the target has it already. Nothing when it may, or when the target cannot be asked now: then it is asked again before the send.</summary>
    public async Task<Refusal?> WhyNot(ExceptionCase @case, ReadyToSend ready, CancellationToken cancellationToken)
    {
        if (!targets.CanBeAsked(ready.Target) || ready.Target.IsDown(clock.GetUtcNow()))
        {
            return null;
        }

        var found = await Ask(@case, ready.Target, ready.Payload.Current!, cancellationToken);
        return found.Refused ? Refusal.Conflict("replay.duplicate", $"It would be a duplicate. {found.Sentence}") : null;
    }
}
