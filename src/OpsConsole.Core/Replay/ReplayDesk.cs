using OpsConsole.Cases;
using OpsConsole.Cases.Team;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>What is ready to be sent: the payload, the place, and the hash over both.</summary>
internal sealed record ReadyToSend(Payload Payload, ReplayTarget Target, string Hash);

/// <summary>The way of every step that leads to a send: what would go where, and the one outstanding replay.</summary>
internal sealed class ReplayDesk(OpsDb db, CaseDesk desk, TargetCheck check)
{
    /// <summary>As <see cref="CaseDesk.Insist"/>.</summary>
    public Task<Outcome<CaseStep>> Insist(Func<Task<Outcome<CaseStep>>> once) => desk.Insist(once);

    /// <summary>Finds the exception within scope, and refuses when what the caller saw no longer holds for what they want to do.</summary>
    public async Task<Outcome<ExceptionCase>> Find(Guid id, int? seen, CaseAction action, Actor actor, CancellationToken cancellationToken)
    {
        var found = await desk.Find(id, actor, cancellationToken);
        return found.Value is { } @case && await desk.Stale(@case, seen, action, actor, cancellationToken) is { } refusal ? refusal : found;
    }

    /// <summary>What would be sent where, or why nothing may be: no target, no payload, or the target has it already.</summary>
    public async Task<Outcome<ReadyToSend>> Ready(ExceptionCase @case, CancellationToken cancellationToken)
    {
        if (@case.ReplayTarget is not { } name)
        {
            return Refusal.Conflict("replay.no-target", "No target is known: the failed event named none.");
        }

        var target = await db.Targets.AsNoTracking().SingleOrDefaultAsync(t => t.Name == name, cancellationToken);
        if (target is null or { Disabled: true })
        {
            return Refusal.Conflict("replay.no-target", $"The target {name} is {(target is null ? "not registered" : "disabled")}. An administrator can change that.");
        }

        var payload = await Payload.Read(db, @case, cancellationToken);
        if (payload.Current is not { } body)
        {
            return Refusal.Conflict("replay.no-payload", "There is nothing to send: the failure carried no payload. Write one first.");
        }

        var ready = new ReadyToSend(payload, target, Payload.Hash(body, target));
        return await check.WhyNot(@case, ready, cancellationToken) is { } refusal ? refusal : ready;
    }

    /// <summary>Puts the replay in line, in the transaction of the step that decided it. What an ending left behind is cleared away first.</summary>
    public async Task Order(ExceptionCase @case, ReadyToSend ready, Actor preparer, Actor? approver, CancellationToken cancellationToken)
    {
        var now = desk.Now;
        await db.ReplayItems.Where(r => r.CaseId == @case.Id && r.Outstanding == true).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.State, ReplayState.Cancelled).SetProperty(r => r.Finding, "ended with its exception").SetProperty(r => r.EndedAt, now)
                .SetProperty(r => r.Outstanding, (bool?)null).SetProperty(r => r.HeldUntil, (DateTimeOffset?)null),
            cancellationToken);
        db.ReplayItems.Add(Item(@case, ready, preparer, approver, now));
    }

    /// <summary>A replay that is due at once.</summary>
    public static ReplayItem Item(ExceptionCase @case, ReadyToSend ready, Actor preparer, Actor? approver, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        CaseId = @case.Id,
        PayloadVersion = ready.Payload.Version,
        Target = ready.Target.Name,
        IdempotencyKey = Payload.KeyOf(@case),
        Hash = ready.Hash,
        RequestedBy = preparer.Id,
        RequestedByName = preparer.Name,
        ApprovedBy = approver?.Id,
        ApprovedByName = approver?.Name,
        CreatedAt = now,
        DueAt = now,
    };

    public Task<Outcome<CaseStep>> Commit(
        ExceptionCase @case, CaseStep step, Actor actor, CancellationToken cancellationToken, params IReadOnlyCollection<(string? PersonId, NoticeKind Kind)> concerned) =>
        desk.Commit(@case, step, actor, cancellationToken, concerned);

    public DateTimeOffset Now => desk.Now;
}
