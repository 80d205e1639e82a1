using Microsoft.Extensions.Options;
using OpsConsole.Cases;
using OpsConsole.Storage;

namespace OpsConsole.Replay.Bulks;

/// <summary>Says of every item of a selection whether it can be replayed, and why not. Targets are asked when an item's turn comes, not here.</summary>
internal sealed class BulkPreview(OpsDb db, IOptions<ApprovalOptions> approval)
{
    public async Task<List<BulkItem>> Judge(Guid bulkId, IReadOnlyList<FrozenCase> cases, Actor actor, CancellationToken cancellationToken)
    {
        var targets = await db.Targets.AsNoTracking().ToDictionaryAsync(t => t.Name, StringComparer.Ordinal, cancellationToken);
        var sent = new HashSet<(string, string)>();
        var counted = new HashSet<Guid>();
        var items = new List<BulkItem>(cases.Count);
        foreach (var one in cases)
        {
            var (verdict, why) = Judge(one, targets, actor);
            if (verdict is BulkVerdict.Ready or BulkVerdict.NeedsApproval && one is { Target: { } target, Key: { } key } && !sent.Add((target, key)))
            {
                (verdict, why) = (BulkVerdict.Duplicate, "another item of this bulk sends the same under the same key");
            }

            items.Add(new BulkItem
            {
                BulkId = bulkId, Position = items.Count, CaseId = one.Id, SeenVersion = one.Version, Unit = one.Unit, Worth = counted.Add(one.ObjectKey) ? one.Reporting : null,
                Verdict = verdict, Why = why, State = verdict is BulkVerdict.Ready or BulkVerdict.NeedsApproval ? BulkItemState.Pending : BulkItemState.Skipped,
            });
        }

        return items;
    }

    private (BulkVerdict Verdict, string? Why) Judge(FrozenCase one, Dictionary<string, ReplayTarget> targets, Actor actor) => one switch
    {
        { Moved: true } => (BulkVerdict.NotNow, "it has changed since it was selected"),
        { State: not (CaseState.Open or CaseState.Claimed) } => (BulkVerdict.NotNow, $"it is {ExceptionCase.Say(one.State)}"),
        { Holder: { } holder } when holder != actor.Id => (BulkVerdict.NotYours, $"{one.HolderName} holds it"),
        { Target: null } => (BulkVerdict.CannotBeSent, "the failed event named no target"),
        { Target: { } name } when targets.GetValueOrDefault(name) is null or { Disabled: true } => (BulkVerdict.CannotBeSent, $"the target {name} is not registered or disabled"),
        { HasPayload: false, PayloadVersion: 0 } => (BulkVerdict.CannotBeSent, "the failure carried no payload"),
        _ when approval.Value.NeedsFourEyes(one.Amount, one.Reporting) => (BulkVerdict.NeedsApproval, "four eyes are required for it by itself"),
        _ => (BulkVerdict.Ready, null),
    };
}
