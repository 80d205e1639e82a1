using OpsConsole.Cases;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>Asks the target now, and resolves the exception when it holds the object just as it would be sent. What it shows is kept as the proof.</summary>
/// <param name="CaseId">The exception.</param>
/// <param name="Version">The version that the caller saw; nothing: whatever it is now.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ProveCase(Guid CaseId, int? Version, Actor Actor) : IRequest<Outcome<CaseStep>>, IGuarded
{
    public Right Needs => Right.WorkCases;
}

internal sealed class ProveCaseHandler(OpsDb db, ReplayDesk desk, TargetCheck check) : IRequestHandler<ProveCase, Outcome<CaseStep>>
{
    public Task<Outcome<CaseStep>> Handle(ProveCase request, CancellationToken cancellationToken) => desk.Insist(() => Once(request, cancellationToken));

    private async Task<Outcome<CaseStep>> Once(ProveCase request, CancellationToken cancellationToken)
    {
        var found = await desk.Find(request.CaseId, request.Version, CaseAction.Proven, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        var target = await db.Targets.AsNoTracking().SingleOrDefaultAsync(t => t.Name == @case.ReplayTarget, cancellationToken);
        var payload = await Payload.Read(db, @case, cancellationToken);
        if (target is null || payload.Current is not { } body)
        {
            return Refusal.Conflict("prove.cannot", "There is nobody to ask, or nothing to compare with: no target is registered for it, or the failure carried no payload.");
        }

        var seen = await check.Ask(@case, target, body, cancellationToken);
        if (seen.Verdict is not DryRunVerdict.NoOp)
        {
            return Refusal.Conflict("prove.not-so", $"It is not proven. {seen.Sentence}");
        }

        var evidence = $"Read back by {request.Actor.Name}: {seen.Sentence}";
        var move = @case.Move(CaseAction.Proven, request.Actor, evidence, desk.Now);
        if (move.Value is not { } step)
        {
            return move;
        }

        (@case.Ending, @case.ProofKey, @case.ProofDueAt) = (step.Reason, null, null);
        return await desk.Commit(@case, step, request.Actor, cancellationToken);
    }
}
