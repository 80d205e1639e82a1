using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>Drops drafts of repairs that nobody goes on with: their exception has ended, or nobody has typed for a month.</summary>
internal sealed class DraftWorker(IDbContextFactory<OpsDb> databases, TimeProvider clock, ILogger<DraftWorker> log)
    : LeasedWorker(databases, new WorkSignal(), TimeSpan.FromMinutes(10), log)
{
    protected override string LeaseName => "drafts";

    protected override Task<bool> Turn(long epoch, CancellationToken cancellationToken) => InTransaction(epoch, async db =>
    {
        var old = clock.GetUtcNow().AddDays(-RepairDraft.KeptDays);
        var dropped = await db.RepairDrafts.Where(d => d.SavedAt < old || db.Cases.Any(c => c.Id == d.CaseId && c.EndedAt != null)).ExecuteDeleteAsync(cancellationToken);
        if (dropped > 0)
        {
            log.DraftsDropped(dropped);
        }

        return false;
    }, cancellationToken);
}
