using System.Globalization;
using Microsoft.Extensions.Options;
using OpsConsole.Calendars;
using OpsConsole.Cases.Team;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>Ends claims on which nobody worked for a while: the exception goes back to its queue, and who held it is told.</summary>
public sealed class ClaimLeaseWorker(
    IDbContextFactory<OpsDb> databases, WorkSignals bells, IOptions<DeskOptions> options, TimeProvider clock, ILogger<ClaimLeaseWorker> log)
    : LeasedWorker(databases, new WorkSignal(), TimeSpan.FromSeconds(5), log)
{
    private const int Most = 200;

    protected override string LeaseName => "claims";

    protected override async Task<bool> Turn(long epoch, CancellationToken cancellationToken)
    {
        try
        {
            await InTransaction(epoch, db => Begin(db, cancellationToken), cancellationToken);
            var ended = await InTransaction(epoch, db => End(db, cancellationToken), cancellationToken);
            if (ended > 0)
            {
                bells.Changes.Ring();
                log.ClaimsEnded(ended);
            }

            return ended == Most;
        }
        catch (DbUpdateConcurrencyException)
        {
            return true;            // its holder was faster
        }
    }

    // What came back to its holder by itself (a refused send, "not approved") gets a whole lease again.
    private async Task<int> Begin(OpsDb db, CancellationToken cancellationToken)
    {
        var endless = db.Cases.Unended().Where(c => c.State == CaseState.Claimed && c.HeldUntil == null);
        var units = await endless.Select(c => c.Unit).Distinct().ToListAsync(cancellationToken);
        var calendars = units.Count == 0 ? CalendarBook.Empty : await CalendarBook.Read(db, cancellationToken);
        var begun = 0;
        foreach (var unit in units)
        {
            var until = ClaimLease.End(calendars, options.Value, unit, clock.GetUtcNow());
            begun += await endless.Where(c => c.Unit == unit).ExecuteUpdateAsync(set => set.SetProperty(c => c.HeldUntil, until), cancellationToken);
        }

        return begun;
    }

    private async Task<int> End(OpsDb db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var ended = await db.Cases.Unended().Where(c => c.State == CaseState.Claimed && c.HeldUntil <= now).OrderBy(c => c.HeldUntil).Take(Most).ToListAsync(cancellationToken);
        foreach (var @case in ended)
        {
            var (holder, name) = (@case.Holder, @case.HolderName);
            var reason = string.Create(CultureInfo.InvariantCulture, $"the claim of {name} ended after {options.Value.LeaseHours:0.##} business h without work");
            if (@case.Move(CaseAction.Release, Actor.System, reason, now).Value is { } step)
            {
                db.CaseSteps.Add(step);
                await PersonalNotices.Tell(db, [(holder, NoticeKind.ClaimEnded)], @case, step, cancellationToken);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        await db.Dialect.Insert(db, CaseNews.Of(ended, now), cancellationToken);
        return ended.Count;
    }
}
