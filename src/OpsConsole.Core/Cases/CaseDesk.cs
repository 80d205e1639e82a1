using OpsConsole.Audit;
using OpsConsole.Cases.Team;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>
/// The way of every step that somebody takes: find it within the caller's scope, compare the version that the caller saw, move, and write
/// history, audit and news in one transaction. The exception's version is checked by the write itself, so of two who act at once one wins.
/// </summary>
internal sealed class CaseDesk(OpsDb db, TimeProvider clock, WorkSignals bells, ClaimLease lease, ILogger<CaseDesk> log)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The exception, or "not found" when it is outside the caller's scope: the two are never told apart.</summary>
    public async Task<Outcome<ExceptionCase>> Find(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        var found = await db.Cases.SingleOrDefaultAsync(c => c.Id == id, cancellationToken);
        return found is null || !actor.Scope.Covers(found.Unit, found.LegalEntity) ? Refusal.NotFound("The exception") : found;
    }

    /// <summary>One plain step: find, compare, move, commit.</summary>
    public Task<Outcome<CaseStep>> Take(CaseStepAsked asked, CancellationToken cancellationToken, Action<ExceptionCase>? also = null) =>
        Insist(() => TakeOnce(asked, also, cancellationToken));

    /// <summary>As <see cref="Storage.Commit.Insist"/>.</summary>
    public Task<Outcome<CaseStep>> Insist(Func<Task<Outcome<CaseStep>>> once) => db.Insist(once);

    /// <summary>Why the caller must look again before they decide; nothing: what they saw still holds. Who already works on it is said first: that helps more than "it was changed".</summary>
    public async Task<Refusal?> Stale(ExceptionCase @case, int? seen, CaseAction action, Actor actor, CancellationToken cancellationToken) =>
        seen is not { } version || version == @case.Version || await Meanwhile.IsAside(db, @case, version, action, cancellationToken) ? null
        : CaseFlow.IsNote(action) ? Refusal.Stale(@case.Name)
        : @case.WhyNot(action, actor) ?? Refusal.Stale(@case.Name);

    private async Task<Outcome<CaseStep>> TakeOnce(CaseStepAsked asked, Action<ExceptionCase>? also, CancellationToken cancellationToken)
    {
        var found = await Find(asked.CaseId, asked.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        if (await Stale(@case, asked.Seen, asked.Action, asked.Actor, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var move = @case.Move(asked.Action, asked.Actor, asked.Reason, Now, asked.Heir);
        if (move.Value is not { } step)
        {
            return move;
        }

        also?.Invoke(@case);
        return await Commit(@case, step, asked.Actor, cancellationToken, asked.Concerned);
    }

    /// <summary>Writes the step with its audit entry and its news, and tells whom it concerns. When somebody was faster, <see cref="Insist"/> takes the step again.</summary>
    public async Task<Outcome<CaseStep>> Commit(
        ExceptionCase @case, CaseStep step, Actor actor, CancellationToken cancellationToken, params IReadOnlyCollection<(string? PersonId, NoticeKind Kind)> concerned)
    {
        await lease.Renew(@case, step, cancellationToken);
        await PersonalNotices.Tell(db, concerned, @case, step, cancellationToken);
        db.CaseSteps.Add(step);
        db.Audit.Add(AuditEntry.Of(actor, $"case.{CaseWords.Code(step.Action)}", @case.Name, step.Reason, step.At, @case.Unit));
        db.Changes.Add(@case.ToChange(step.At));
        var saved = await db.CommitWith(step, cancellationToken);
        if (!saved.Accepted)
        {
            return Refusal.Raced(@case.Name);
        }

        bells.Changes.Ring();
        log.CaseMoved(@case.Id, step.From, step.To, step.ActorId);
        return saved;
    }

    /// <summary>Writes what stands beside an exception and moves nothing: with its audit entry and its news, in one transaction.</summary>
    public async Task<Outcome<T>> Keep<T>(ExceptionCase @case, string action, string detail, Actor actor, T answer, CancellationToken cancellationToken)
    {
        db.Audit.Add(AuditEntry.Of(actor, action, @case.Name, detail, Now, @case.Unit));
        db.Changes.Add(@case.ToChange(Now));
        var saved = await db.CommitWith(answer, cancellationToken);
        bells.Changes.Ring();
        return saved;
    }
}

/// <summary>What somebody wants to do to an exception, and the version that they saw; nothing: whatever it is now.</summary>
internal sealed record CaseStepAsked(Guid CaseId, int? Seen, CaseAction Action, Actor Actor, string Reason)
{
    public (string Id, string Name)? Heir { get; init; }

    /// <summary>Who is told of it by name, beside those who watch.</summary>
    public IReadOnlyCollection<(string? PersonId, NoticeKind Kind)> Concerned { get; init; } = [];
}
