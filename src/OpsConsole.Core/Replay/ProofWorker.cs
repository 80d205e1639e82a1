using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>
/// Looks for proofs of what was delivered, for targets that are back, for exceptions that held others back and have ended, and for replays whose exception ended by
/// other means. One node at a time does it, under a lease.
/// </summary>
internal sealed class ProofWorker(IDbContextFactory<OpsDb> databases, ReplayProof proof, ParkedReplays parked, WorkSignals bells, ILogger<ProofWorker> log)
    : LeasedWorker(databases, bells.Proofs, TimeSpan.FromMilliseconds(500), log)
{
    protected override string LeaseName => "proofs";

    protected override async Task<bool> Turn(long epoch, CancellationToken cancellationToken)
    {
        var ended = await proof.Sweep(cancellationToken);
        var looked = await proof.Check(cancellationToken);
        var released = await parked.Unpark(cancellationToken) + await parked.LetChildrenGo(cancellationToken);
        if (released > 0)
        {
            bells.Replays.Ring();
        }

        if (ended + looked > 0)
        {
            bells.Bulks.Ring();
        }

        if (ended + looked + released > 0)
        {
            bells.Changes.Ring();
        }

        return ended >= ReplayRecord.Most || looked >= ReplayRecord.Most || released >= ReplayRecord.Most;
    }
}
