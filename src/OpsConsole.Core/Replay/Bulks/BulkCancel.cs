using OpsConsole.Cases;
using OpsConsole.Storage;

namespace OpsConsole.Replay.Bulks;

/// <summary>Takes back what a bulk has not sent: pending items are left over, and ordered ones that still wait go back to whoever prepared them.</summary>
internal sealed class BulkCancel(OpsDb db, ReplayRecord record)
{
    public async Task TakeBack(Guid bulkId, string why, CancellationToken cancellationToken)
    {
        await db.BulkItems.Where(i => i.BulkId == bulkId && i.State == BulkItemState.Pending)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.State, BulkItemState.Left).SetProperty(i => i.Why, why), cancellationToken);
        var waiting = await (
            from item in db.BulkItems.AsNoTracking()
            where item.BulkId == bulkId && item.State == BulkItemState.Ordered
            join replay in db.ReplayItems.AsNoTracking() on item.ReplayId equals (Guid?)replay.Id
            where replay.State == ReplayState.Due || replay.State == ReplayState.Parked || replay.State == ReplayState.Waiting
            select replay.Id).ToListAsync(cancellationToken);
        await record.Write(waiting, (item, @case, write) =>
        {
            // One that a lane took meanwhile is on its way and comes to its own end.
            if (item.State is ReplayState.Due or ReplayState.Parked or ReplayState.Waiting)
            {
                item.End(ReplayState.Cancelled, why, record.Now);
                record.Move(@case, @case.State is CaseState.Parked ? CaseAction.Cancel : CaseAction.SendFailed, why, write);
            }
        }, cancellationToken);
    }
}
