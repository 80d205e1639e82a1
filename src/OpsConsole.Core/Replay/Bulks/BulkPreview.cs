using OpsConsole.Approvals;
using OpsConsole.Cases;
using OpsConsole.Storage;

namespace OpsConsole.Replay.Bulks;

/// <summary>Says of every item of a selection whether it can be replayed, and why not. Targets are asked when an item's turn comes, not here.</summary>
internal sealed class BulkPreview(OpsDb db, BulkFourEyes fourEyes)
{
    /// <param name="bulkId">The bulk that is being made.</param>
    /// <param name="judged">In the order in which they go, as four eyes look at them.</param>
    /// <param name="seen">The versions that were seen, where they were named.</param>
    /// <param name="actor">In whose name they would go.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<List<BulkItem>> Judge(
        Guid bulkId, IReadOnlyList<FourEyesItem> judged, IReadOnlyDictionary<Guid, int?> seen, Actor actor, CancellationToken cancellationToken)
    {
        var targets = await db.Targets.AsNoTracking().ToDictionaryAsync(t => t.Name, StringComparer.Ordinal, cancellationToken);
        var cases = judged.Select(item => item.Case).ToList();
        var large = await fourEyes.ByThemselves(judged, actor, cancellationToken);
        var changed = await Meanwhile.Changes(db, cases.Select(one => (one, seen.GetValueOrDefault(one.Id) ?? one.Version)), Decision.Bulk, cancellationToken);
        var sent = new HashSet<(string, string)>();
        var counted = new HashSet<Guid>();
        var items = new List<BulkItem>(cases.Count);
        foreach (var one in cases)
        {
            var version = seen.GetValueOrDefault(one.Id) ?? one.Version;
            var (verdict, why) = changed.GetValueOrDefault(one.Id) is { } how ? (BulkVerdict.NotNow, $"it has changed since it was selected: {how}") : Judge(one, targets, actor);
            if (verdict is BulkVerdict.Ready && !sent.Add((one.ReplayTarget!, Payload.KeyOf(one))))
            {
                (verdict, why) = (BulkVerdict.Duplicate, "another item of this bulk sends the same under the same key");
            }

            if (verdict is BulkVerdict.Ready && large.Contains(one.Id))
            {
                (verdict, why) = (BulkVerdict.NeedsApproval, "a second person is required for it by itself");
            }

            items.Add(new BulkItem
            {
                BulkId = bulkId, Position = items.Count, CaseId = one.Id, SeenVersion = version, Unit = one.Unit, Worth = counted.Add(one.ObjectKey) ? one.ReportingAmount : null,
                Verdict = verdict, Why = why, State = verdict is BulkVerdict.Ready or BulkVerdict.NeedsApproval ? BulkItemState.Pending : BulkItemState.Skipped,
            });
        }

        return items;
    }

    private static (BulkVerdict Verdict, string? Why) Judge(ExceptionCase one, Dictionary<string, ReplayTarget> targets, Actor actor) => one switch
    {
        { State: not (CaseState.Open or CaseState.Claimed) } => (BulkVerdict.NotNow, $"it is {ExceptionCase.Say(one.State)}"),
        _ when one.HeldByAnother(actor) => (BulkVerdict.NotYours, $"{one.HolderName} holds it"),
        { ReplayTarget: null } => (BulkVerdict.CannotBeSent, "the failed event named no target"),
        { ReplayTarget: { } name } when targets.GetValueOrDefault(name) is null or { Disabled: true } => (BulkVerdict.CannotBeSent, $"the target {name} is not registered or disabled"),
        { HasPayload: false, PayloadVersion: 0 } => (BulkVerdict.CannotBeSent, "the failure carried no payload"),
        _ => (BulkVerdict.Ready, null),
    };
}
