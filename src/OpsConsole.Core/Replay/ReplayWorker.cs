using Microsoft.Extensions.Hosting;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>
/// Sends what is due, on every node at once: rows that another node holds are skipped, a hold ends by itself. Then looks for proofs, for
/// targets that are back, and for replays whose exception ended by other means.
/// </summary>
internal sealed class ReplayWorker(IDbContextFactory<OpsDb> databases, ReplaySender sender, ReplayProof proof, WorkSignals bells, ILogger<ReplayWorker> log)
    : BackgroundService
{
    private const int AtOnce = 8;
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    // Longer than the longest send, so that no two workers send at the same time; after a crash the same key is sent again.
    private static readonly TimeSpan s_hold = TimeSpan.FromSeconds(TargetRules.LongestSend + 30);

    /// <summary>One turn of everything.</summary>
    /// <returns>True when there may be more to send.</returns>
    public async Task<bool> Look(CancellationToken cancellationToken)
    {
        IReadOnlyList<Guid> due;
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            var now = sender.Now;
            due = await db.Dialect.ClaimDueReplays(db, AtOnce, now, now + s_hold, cancellationToken);
        }

        await Task.WhenAll(due.Select(id => Guarded(id, sender.Send, cancellationToken)));
        await proof.Sweep(cancellationToken);
        var unproven = await proof.Due(cancellationToken);
        await Task.WhenAll(unproven.Select(id => Guarded(id, proof.Check, cancellationToken)));
        await sender.Unpark(cancellationToken);
        if (due.Count + unproven.Count > 0)
        {
            bells.Changes.Ring();
        }

        return due.Count == AtOnce;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await Look(stoppingToken))
                {
                    await bells.Replays.Wait(s_look, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                log.ReplayTurnFailed(failure);
                await bells.Replays.Wait(s_look, stoppingToken);
            }
        }
    }

    // One that fails must not hold up the others; its hold ends and it is taken up again.
    private async Task Guarded(Guid id, Func<Guid, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(id, cancellationToken);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            log.ReplayFailed(failure, id);
        }
    }
}
