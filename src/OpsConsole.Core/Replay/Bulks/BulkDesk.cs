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

    /// <summary>One plain step: hold, find, move, commit. It waits for the turn of the worker that is at it, so it never loses to one: a running bulk moves on several times a second.</summary>
    /// <param name="asked">The step.</param>
    /// <param name="cancellationToken">Ends the trying.</param>
    /// <param name="also">Written with it into the bulk.</param>
    /// <param name="then">What else the step writes, in the same transaction.</param>
    public async Task<Outcome<Bulk>> Take(BulkStepAsked asked, CancellationToken cancellationToken, Action<Bulk>? also = null, Func<Task>? then = null)
    {
        var taken = await db.Insist(() => TakeOnce(asked, also, then, cancellationToken));
        if (taken.Accepted)
        {
            Tell();
        }

        return taken;
    }

    private async Task<Outcome<Bulk>> TakeOnce(BulkStepAsked asked, Action<Bulk>? also, Func<Task>? then, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.HoldBulk(asked.BulkId, cancellationToken);
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
        var saved = await Commit(bulk, asked.Action, asked.Actor, cancellationToken);
        if (!saved.Accepted)
        {
            return saved;
        }

        await (then?.Invoke() ?? Task.CompletedTask);
        await transaction.CommitAsync(cancellationToken);
        return saved;
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
    /// <summary>
    /// Holds a bulk until the transaction ends. Whoever changes one that may be running calls it before they read anything of it: the worker's turns and people's steps then
    /// follow one another, and none waits for what the other holds.
    /// </summary>
    public static Task HoldBulk(this OpsDb db, Guid id, CancellationToken cancellationToken) =>
        db.Bulks.Where(b => b.Id == id).ExecuteUpdateAsync(set => set.SetProperty(b => b.Wave, b => b.Wave), cancellationToken);

    /// <summary>Somebody sees a bulk when they may see everything in it. To whom legal entities in it are foreign, the context does not show it (<see cref="Storage.Rows.EntityLimits"/>).</summary>
    public static bool IsSeenBy(this Bulk bulk, Actor actor) => actor.Scope.AllUnits || bulk.Units.Split('\n', StringSplitOptions.RemoveEmptyEntries).All(actor.Scope.Covers);

    public static Change ToChange(this Bulk bulk, DateTimeOffset at) => new() { Topic = LiveTopic.Bulks, Subject = bulk.Id, At = at };
}
