using OpsConsole.Cases;
using OpsConsole.Replay.Targets;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>Lets go on what waits: for a target that is back, in the order in which it was asked for, and for an exception that has ended. Nothing is ever dropped.</summary>
internal sealed class ParkedReplays(IDbContextFactory<OpsDb> databases, TargetCatalog targets, ReplayRecord record, ILogger<ParkedReplays> log)
{
    /// <summary>Lets go on what waits for targets that are back. One that cannot be asked is tried with its oldest replay.</summary>
    /// <returns>How many go on.</returns>
    public async Task<int> Unpark(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var waiting = await db.Targets.AsNoTracking().Where(t => db.ReplayItems.Any(r => r.State == ReplayState.Parked && r.Target == t.Name)).ToListAsync(cancellationToken);
        var released = 0;
        foreach (var target in waiting.Where(target => !target.Disabled && !target.IsDown(record.Now)))
        {
            var open = Breaker.IsHalfOpen(target, record.Now);
            if (open && targets.CanBeAsked(target) && !await IsBack(db, target, cancellationToken))
            {
                continue;
            }

            var trial = open && !targets.CanBeAsked(target);
            if (trial && await db.ReplayItems.AnyAsync(r => r.Target == target.Name && (r.State == ReplayState.Due || r.State == ReplayState.Sending), cancellationToken))
            {
                continue;                // one is on its way already
            }

            released += await Release(db, target.Name, trial ? 1 : ReplayRecord.Most, cancellationToken);
        }

        return released;
    }

    /// <summary>Makes due what waited for an exception that has ended. It is looked at again before it is sent: it may wait for another one too.</summary>
    /// <returns>How many go on.</returns>
    public async Task<int> LetChildrenGo(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = record.Now;
        return await db.ReplayItems.Where(r => r.State == ReplayState.Waiting && !db.Cases.Any(c => c.Id == r.WaitsFor && c.EndedAt == null && c.MovedTo == null))
            .ExecuteUpdateAsync(
                set => set.SetProperty(r => r.State, ReplayState.Due).SetProperty(r => r.DueAt, now).SetProperty(r => r.WaitsFor, (Guid?)null).SetProperty(r => r.Finding, (string?)null),
                cancellationToken);
    }

    private async Task<int> Release(OpsDb db, string target, int most, CancellationToken cancellationToken)
    {
        var go = await db.ReplayItems.AsNoTracking().Where(r => r.State == ReplayState.Parked && r.Target == target).OrderBy(r => r.Number).Take(most)
            .Select(r => r.Id).ToListAsync(cancellationToken);
        log.TargetBack(target, go.Count);
        await record.Write(go, (item, @case, write) =>
        {
            if (item.State is ReplayState.Parked)
            {
                (item.State, item.DueAt) = (ReplayState.Due, record.Now);
                record.Move(@case, CaseAction.Unpark, $"{item.Target} answers again", write);
            }
        }, cancellationToken);
        return go.Count;
    }

    // Any answer but "later" to a question about nothing shows that it is back.
    private async Task<bool> IsBack(OpsDb db, ReplayTarget target, CancellationToken cancellationToken)
    {
        var answered = (await targets.Read(target, Probe.OfNothing, cancellationToken)).Answered;
        DateTimeOffset? until = answered ? null : record.Now.AddSeconds(target.BreakSeconds);
        await db.Targets.Where(t => t.Name == target.Name).ExecuteUpdateAsync(
            set => set.SetProperty(t => t.DownUntil, until).SetProperty(t => t.FailuresInRow, t => answered ? 0 : t.FailuresInRow)
                .SetProperty(t => t.DownSince, t => answered ? (DateTimeOffset?)null : t.DownSince),
            cancellationToken);
        return answered;
    }
}
