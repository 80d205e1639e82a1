using OpsConsole.Approvals;
using OpsConsole.Cases;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>Sends it again without a second person, where no four-eyes rule demands one.</summary>
/// <param name="CaseId">The exception.</param>
/// <param name="Version">The version that the caller saw; nothing: whatever it is now.</param>
/// <param name="Reason">Why, for the history.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ReplayCase(Guid CaseId, int? Version, string Reason, Actor Actor) : IRequest<Outcome<CaseStep>>, IGuarded
{
    public Right Needs => Right.WorkCases;
}

internal sealed class ReplayCaseHandler(OpsDb db, ReplayDesk desk, FourEyes fourEyes, WorkSignals bells) : IRequestHandler<ReplayCase, Outcome<CaseStep>>
{
    public Task<Outcome<CaseStep>> Handle(ReplayCase request, CancellationToken cancellationToken) => desk.Insist(() => Once(request, cancellationToken));

    private async Task<Outcome<CaseStep>> Once(ReplayCase request, CancellationToken cancellationToken)
    {
        var found = await desk.Find(request.CaseId, request.Version, CaseAction.Replay, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        var move = @case.Move(CaseAction.Replay, request.Actor, request.Reason, desk.Now);
        if (move.Value is not { } step)
        {
            return move;
        }

        var ready = await desk.Ready(@case, cancellationToken);
        if (ready.Value is not { } what)
        {
            return ready.Refusal!;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var verdict = await fourEyes.Judge([what.Payload.Judged(@case)], request.Actor, cancellationToken);
        if (verdict.Needed)
        {
            return verdict.Refuse();
        }

        await desk.Order(@case, what, request.Actor, null, cancellationToken);
        var saved = await desk.Commit(@case, step, request.Actor, cancellationToken);
        if (saved.Accepted)
        {
            await transaction.CommitAsync(cancellationToken);
            bells.Replays.Ring();
            bells.Changes.Ring();
        }

        return saved;
    }
}
