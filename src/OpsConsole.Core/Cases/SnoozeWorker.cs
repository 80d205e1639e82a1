using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>Wakes what was laid aside, when its time has come.</summary>
public sealed class SnoozeWorker(IDbContextFactory<OpsDb> databases, WorkSignals bells, TimeProvider clock, ILogger<SnoozeWorker> log)
    : LeasedWorker(databases, new WorkSignal(), TimeSpan.FromSeconds(5), log)
{
    private const int Most = 200;

    protected override string LeaseName => "snooze";

    protected override async Task<bool> Turn(long epoch, CancellationToken cancellationToken)
    {
        var woken = await InTransaction(epoch, db => Wake(db, cancellationToken), cancellationToken);
        if (woken > 0)
        {
            bells.Changes.Ring();
            bells.Routing.Ring();
            log.CasesWoken(woken);
        }

        return woken == Most;
    }

    private async Task<int> Wake(OpsDb db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = await db.Cases.Where(c => c.State == CaseState.Snoozed && c.SnoozedUntil != null && c.SnoozedUntil <= now).OrderBy(c => c.SnoozedUntil).Take(Most).ToListAsync(cancellationToken);
        foreach (var @case in due)
        {
            if (@case.Move(CaseAction.Wake, Actor.System, "the time has come", now).Value is { } step)
            {
                @case.SnoozedUntil = null;
                @case.RoutedAt = null;
                db.CaseSteps.Add(step);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        await db.Dialect.Insert(db, CaseNews.Of(due, now), cancellationToken);
        return due.Count;
    }
}
