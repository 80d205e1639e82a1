using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Replay.Bulks;

/// <summary>The way of every step of a bulk: find it within the caller's scope, move it, and write it with audit and news in one transaction.</summary>
internal sealed class BulkDesk(OpsDb db, WorkSignals bells, TimeProvider clock, ILogger<BulkDesk> log)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The bulk, or "not found" for those who may not see all of its units.</summary>
    public async Task<Outcome<Bulk>> Find(Guid id, int? seen, Actor actor, CancellationToken cancellationToken)
    {
        var bulk = await db.Bulks.SingleOrDefaultAsync(b => b.Id == id, cancellationToken);
        return bulk is null || !bulk.IsSeenBy(actor) ? Refusal.NotFound("The bulk")
            : seen is not null && seen != bulk.Version ? Refusal.Stale(bulk.Name)
            : bulk;
    }

    /// <summary>One plain step: find, move, commit. Who named no version takes it as it is by now, also when a worker was faster: a running bulk moves on several times a second.</summary>
    public Task<Outcome<Bulk>> Take(BulkStepAsked asked, CancellationToken cancellationToken, Action<Bulk>? also = null) =>
        db.TakeStep(asked.Seen, () => TakeOnce(asked, also, cancellationToken));

    private async Task<Outcome<Bulk>> TakeOnce(BulkStepAsked asked, Action<Bulk>? also, CancellationToken cancellationToken)
    {
        var found = await Find(asked.BulkId, asked.Seen, asked.Actor, cancellationToken);
        if (found.Value is not { } bulk)
        {
            return found;
        }

        var moved = bulk.Move(asked.Action, asked.Why, Now);
        if (!moved.Accepted)
        {
            return moved;
        }

        also?.Invoke(bulk);
        return await Commit(bulk, asked.Action, asked.Actor, cancellationToken);
    }

    public async Task<Outcome<Bulk>> Commit(Bulk bulk, BulkAction action, Actor actor, CancellationToken cancellationToken)
    {
        db.Audit.Add(AuditEntry.Of(actor, $"bulk.{action.ToString().ToLowerInvariant()}", bulk.Name, bulk.Why ?? "", Now));
        db.Changes.Add(bulk.ToChange(Now));
        var saved = await db.CommitWith(bulk, cancellationToken);
        if (saved.Accepted)
        {
            log.BulkMoved(bulk.Id, bulk.State, bulk.Why ?? "");
            Tell();
        }

        return saved;
    }

    /// <summary>Wakes who has to do with it on this node; again after the commit, where the caller has a transaction of its own.</summary>
    public void Tell()
    {
        bells.Bulks.Ring();
        bells.Changes.Ring();
    }
}

/// <summary>What somebody wants to do to a bulk.</summary>
internal sealed record BulkStepAsked(Guid BulkId, int? Seen, BulkAction Action, Actor Actor, string Why);

internal static class BulkSight
{
    /// <summary>Somebody sees a bulk when they may see everything in it.</summary>
    public static bool IsSeenBy(this Bulk bulk, Actor actor) => actor.Scope.Everything || bulk.Units.Split('\n', StringSplitOptions.RemoveEmptyEntries).All(actor.Scope.Covers);

    public static Change ToChange(this Bulk bulk, DateTimeOffset at) => new() { Topic = LiveTopic.Bulks, Subject = bulk.Id, At = at };
}
