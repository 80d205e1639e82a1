using OpsConsole.Access;
using OpsConsole.Approvals;
using OpsConsole.Cases;
using OpsConsole.Cases.Team;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>Lets the replay go, as the second pair of eyes: never the one who prepared it, never a key, and only for what was submitted.</summary>
/// <param name="CaseId">The exception.</param>
/// <param name="Version">The version that the caller saw; nothing: whatever it is now.</param>
/// <param name="Reason">Why, for the history.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ApproveCase(Guid CaseId, int? Version, string Reason, Actor Actor) : IRequest<Outcome<CaseStep>>, IGuarded, IStepUp
{
    public Right Needs => Right.Approve;
}

internal sealed class ApproveCaseHandler(OpsDb db, ReplayDesk desk, WorkSignals bells) : IRequestHandler<ApproveCase, Outcome<CaseStep>>
{
    public Task<Outcome<CaseStep>> Handle(ApproveCase request, CancellationToken cancellationToken) => desk.Insist(() => Once(request, cancellationToken));

    private async Task<Outcome<CaseStep>> Once(ApproveCase request, CancellationToken cancellationToken)
    {
        var found = await desk.Find(request.CaseId, request.Version, CaseAction.Approve, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        var preparer = new Actor(@case.PreparedBy ?? "", @case.PreparedByName ?? "", ActorKind.Person, [], request.Actor.Scope);
        var move = @case.Move(CaseAction.Approve, request.Actor, request.Reason, desk.Now);
        if (move.Value is not { } step)
        {
            return move;
        }

        var ready = await desk.Ready(@case, cancellationToken);
        if (ready.Value is not { } what)
        {
            return ready.Refusal!;
        }

        if (what.Hash != @case.SubmittedHash)
        {
            return Refusal.Conflict("approval.changed", "The payload or its target changed after it was submitted. It must be submitted again.");
        }

        if (await Hands.Include(db, request.Actor, await Prepared(@case, what.Payload.Version, cancellationToken), cancellationToken))
        {
            return Refusal.Forbidden("A second person must decide: you prepared it yourself, by your own hand or by a key that you made.");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await desk.Order(@case, what, preparer, request.Actor, cancellationToken);
        var saved = await desk.Commit(@case, step, request.Actor, cancellationToken, (@case.PreparedBy, NoticeKind.Decided));
        if (saved.Accepted)
        {
            await transaction.CommitAsync(cancellationToken);
            bells.Replays.Ring();
            bells.Changes.Ring();
        }

        return saved;
    }

    // Whoever wrote a version that led to what is sent has prepared it, whoever pressed "submit".
    private async Task<IReadOnlyCollection<string>> Prepared(ExceptionCase @case, int version, CancellationToken cancellationToken)
    {
        var authors = await db.PayloadVersions.Where(p => p.CaseId == @case.Id && p.Version <= version).Select(p => p.AuthorId).Distinct().ToListAsync(cancellationToken);
        return @case.PreparedBy is { } preparer ? [.. authors, preparer] : authors;
    }
}
