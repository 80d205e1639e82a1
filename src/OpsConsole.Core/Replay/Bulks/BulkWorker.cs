using System.Globalization;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Replay.Bulks;

/// <summary>
/// Brings running bulks forward, one node at a time under a lease: orders the next items as ramp, rate and room allow, stops a bulk that fails too much, and ends
/// one that is through. All that it knows stands in the database, so another node goes on where a killed one was.
/// </summary>
internal sealed class BulkWorker(IDbContextFactory<OpsDb> databases, WorkSignals bells, TimeProvider clock, ILogger<BulkWorker> log)
    : LeasedWorker(databases, bells.Bulks, TimeSpan.FromMilliseconds(250), log)
{
    // How far a bulk is, is counted over all of its items: not with every lot that comes back.
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(200);

    private readonly IDbContextFactory<OpsDb> _databases = databases;
    private long _looked;

    protected override string LeaseName => "bulks";

    protected override async Task<bool> Turn(long epoch, CancellationToken cancellationToken)
    {
        List<Guid> running;
        await using (var db = await _databases.CreateDbContextAsync(cancellationToken))
        {
            running = await db.Bulks.AsNoTracking().Where(b => b.State == BulkState.Running).OrderBy(b => b.StartedAt).Select(b => b.Id).ToListAsync(cancellationToken);
        }

        if (running.Count == 0)
        {
            return false;
        }

        if (s_pace - clock.GetElapsedTime(_looked) is var early && early > TimeSpan.Zero)
        {
            await Task.Delay(early, clock, cancellationToken);
        }

        _looked = clock.GetTimestamp();
        var more = false;
        foreach (var id in running)
        {
            more |= await Guarded(epoch, id, cancellationToken);
        }

        return more;
    }

    // One that fails must not hold up the others. Where a person was faster than the turn, the next turn sees what they did.
    private async Task<bool> Guarded(long epoch, Guid id, CancellationToken cancellationToken)
    {
        try
        {
            var ordered = await InTransaction(epoch, db => Advance(db, id, cancellationToken), cancellationToken);
            if (ordered > 0)
            {
                bells.Replays.Ring();
            }

            bells.Changes.Ring();
            return ordered > 0;
        }
        catch (DbUpdateConcurrencyException)
        {
            return true;
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
        {
            log.BulkFailed(failure, id);
            return false;
        }
    }

    private async Task<int> Advance(OpsDb db, Guid id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await db.HoldBulk(id, cancellationToken);
        var bulk = await db.Bulks.SingleAsync(b => b.Id == id, cancellationToken);
        if (bulk.State is not BulkState.Running || bulk.StartedBy is not { } starter)
        {
            return 0;
        }

        var progress = await BulkProgress.Read(db, id, now, cancellationToken);
        if (BulkRamp.MustStop(bulk, progress))
        {
            return Move(db, bulk, BulkAction.Stop, string.Create(CultureInfo.InvariantCulture,
                $"stopped by itself: {progress.Failed - bulk.FailedBefore:N0} of {progress.Counted - bulk.EndedBefore:N0} failed, and {bulk.StopAbove:P0} may"));
        }

        if (progress is { Pending: 0, Outstanding: 0 })
        {
            return Move(db, bulk, BulkAction.Finish, string.Create(CultureInfo.InvariantCulture, $"{progress.Proven:N0} of {bulk.Total:N0} proven, {progress.LeftOver:N0} left over"));
        }

        var (count, wave) = BulkRamp.Next(bulk, progress, now);
        if (count == 0 || progress.Pending == 0)
        {
            return 0;
        }

        if (await db.Targets.AnyAsync(t => t.UpdatedAt > bulk.StartedAt, cancellationToken) && await new BulkHash(db).Of(id, cancellationToken) != bulk.Hash)
        {
            return Move(db, bulk, BulkAction.Stop, "stopped by itself: a target of its items was changed after it was started");
        }

        var actor = new Actor(starter, bulk.StartedByName ?? starter, bulk.ByKey ? ActorKind.Key : ActorKind.Person, [], Scope.All);
        var (looked, ordered) = await new BulkOrder(db, now).Order(bulk, count, actor, cancellationToken);
        bulk.NextAt = bulk.RatePerSecond is { } rate ? now + TimeSpan.FromSeconds((double)(ordered / rate)) : null;
        bulk.Wave = wave;
        bulk.Touch();
        db.Changes.Add(bulk.ToChange(now));
        return looked;
    }

    private int Move(OpsDb db, Bulk bulk, BulkAction action, string why)
    {
        bulk.Move(action, why, clock.GetUtcNow());
        db.Changes.Add(bulk.ToChange(clock.GetUtcNow()));
        log.BulkMoved(bulk.Id, bulk.State, why);
        return 0;
    }
}
