using OpsConsole.Audit;
using OpsConsole.Cases;
using OpsConsole.Storage;

namespace OpsConsole.Replay.Bulks;

/// <summary>Orders the next items of a bulk: for all of them one read and one write of each table, in the transaction of the bulk's turn.</summary>
internal sealed class BulkOrder(OpsDb db, DateTimeOffset now)
{
    /// <returns>How many were looked at, and how many replays were ordered.</returns>
    public async Task<(int Looked, int Ordered)> Order(Bulk bulk, int count, Actor starter, CancellationToken cancellationToken)
    {
        var items = await db.BulkItems.Where(i => i.BulkId == bulk.Id && i.State == BulkItemState.Pending).OrderBy(i => i.Position).Take(count).ToListAsync(cancellationToken);
        var caseIds = items.ConvertAll(item => item.CaseId);
        var cases = await db.Cases.Where(c => caseIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
        var targets = await db.Targets.AsNoTracking().Where(t => !t.Disabled).ToDictionaryAsync(t => t.Name, StringComparer.Ordinal, cancellationToken);
        var payloads = await Payload.Read(db, [.. cases.Values.Select(c => (c, c.PayloadVersion))], cancellationToken);
        var changed = await Meanwhile.Changes(db, items.Select(item => (cases[item.CaseId], item.SeenVersion)), Decision.Bulk, cancellationToken);
        var (steps, audit, replays) = (new List<CaseStep>(), new List<AuditEntry>(), new List<ReplayItem>());
        foreach (var item in items)
        {
            var @case = cases[item.CaseId];
            if ((WhyNot(bulk, item, @case, starter) ?? (changed.GetValueOrDefault(@case.Id) is { } how ? $"it has changed since it was selected: {how}" : null)) is { } why)
            {
                (item.State, item.Why) = (BulkItemState.Skipped, why);
            }
            else if (@case.ReplayTarget is not { } name || targets.GetValueOrDefault(name) is not { } target || payloads[@case.Id].Current is not { } body)
            {
                (item.State, item.Why) = (BulkItemState.Skipped, "its target or its payload is no longer there");
            }
            else
            {
                Go(bulk, item, @case, new ReadyToSend(payloads[@case.Id], target, Payload.Hash(body, target)), starter, steps, audit, replays);
            }
        }

        await Save([.. replays.Select(replay => cases[replay.CaseId])], steps, audit, replays, cancellationToken);
        return (items.Count, replays.Count);
    }

    private static string? WhyNot(Bulk bulk, BulkItem item, ExceptionCase @case, Actor starter) =>
        item.Verdict is BulkVerdict.NeedsApproval && !(bulk.WithLarge && bulk.ApprovedBy is not null) ? "four eyes are required for it by itself, and the bulk goes without such items"
        : @case.State is not (CaseState.Open or CaseState.Claimed) ? $"it is {ExceptionCase.Say(@case.State)}"
        : @case.HeldByAnother(starter) ? $"{@case.HolderName} holds it"
        : null;

    private void Go(
        Bulk bulk, BulkItem item, ExceptionCase @case, ReadyToSend ready, Actor starter, List<CaseStep> steps, List<AuditEntry> audit, List<ReplayItem> replays)
    {
        var approver = bulk.ApprovedBy is { } id ? new Actor(id, bulk.ApprovedByName ?? id, ActorKind.Person, starter.Rights, starter.Scope) : null;
        if (@case.State is CaseState.Open)
        {
            steps.Add(@case.Move(CaseAction.Claim, starter, $"with {bulk.Name}", now).Value!);
        }

        var step = @case.Move(CaseAction.Replay, starter, approver is null ? $"with {bulk.Name}" : $"with {bulk.Name}, approved by {approver.Name}", now).Value!;
        steps.Add(step);
        audit.Add(AuditEntry.Of(starter, "case.replay", @case.Name, step.Reason, now, @case.Unit));
        var replay = ReplayDesk.Item(@case, ready, starter, approver, now);
        replays.Add(replay);
        (item.State, item.ReplayId) = (BulkItemState.Ordered, replay.Id);
    }

    private async Task Save(List<ExceptionCase> cases, List<CaseStep> steps, List<AuditEntry> audit, List<ReplayItem> replays, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        await db.Dialect.Insert(db, [.. steps.OrderBy(step => step.CaseId).ThenBy(step => step.Version)], cancellationToken);
        await db.Dialect.Insert(db, replays, cancellationToken);
        await db.Dialect.Insert(db, audit, cancellationToken);
        await db.Dialect.Insert(db, CaseNews.Of(cases, now), cancellationToken);
    }
}
