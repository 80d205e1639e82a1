using OpsConsole.Cases;
using OpsConsole.Storage;

namespace OpsConsole.Replay.Bulks;

/// <summary>
/// Takes back what a bulk has not sent, in the transaction that ended it: pending items are left over, and ordered ones that still wait go back to whoever prepared them.
/// </summary>
internal sealed class BulkCancel(OpsDb db, ReplayRecord record)
{
    public async Task TakeBack(Guid bulkId, string why, CancellationToken cancellationToken)
    {
        await db.BulkItems.Where(i => i.BulkId == bulkId && i.State == BulkItemState.Pending)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.State, BulkItemState.Left).SetProperty(i => i.Why, why), cancellationToken);

        // Held first, so that no lane takes one of them meanwhile. One that a lane has taken is on its way and comes to its own end.
        var waiting = db.ReplayItems.Where(r => (r.State == ReplayState.Due || r.State == ReplayState.Parked || r.State == ReplayState.Waiting)
            && db.BulkItems.Any(i => i.BulkId == bulkId && i.ReplayId == r.Id));
        await waiting.ExecuteUpdateAsync(set => set.SetProperty(r => r.HeldUntil, (DateTimeOffset?)null), cancellationToken);
        foreach (var some in (await waiting.Select(r => r.Id).ToListAsync(cancellationToken)).Chunk(ReplayRecord.Most))
        {
            await record.WriteIn(db, some, (item, @case, write) =>
            {
                item.End(ReplayState.Cancelled, why, record.Now);
                record.Move(@case, @case.State is CaseState.Parked ? CaseAction.Cancel : CaseAction.SendFailed, why, write);
            }, cancellationToken);
            db.ChangeTracker.Clear();
        }
    }
}
