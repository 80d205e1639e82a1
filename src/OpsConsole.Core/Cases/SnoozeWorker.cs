using System.Globalization;
using Microsoft.Extensions.Options;
using OpsConsole.Cases.Team;
using OpsConsole.Live;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>Wakes what was laid aside, when its time has come or its cause has grown to the amount that was named.</summary>
public sealed class SnoozeWorker(
    IDbContextFactory<OpsDb> databases, WorkSignals bells, IOptions<ReportingOptions> reporting, TimeProvider clock, ILogger<SnoozeWorker> log)
    : LeasedWorker(databases, new WorkSignal(), TimeSpan.FromSeconds(5), log)
{
    private const int Most = 200;

    protected override string LeaseName => "snooze";

    protected override async Task<bool> Turn(long epoch, CancellationToken cancellationToken)
    {
        try
        {
            var woken = await InTransaction(epoch, db => ByTime(db, cancellationToken), cancellationToken);
            var grown = await InTransaction(epoch, db => ByAmount(db, cancellationToken), cancellationToken);
            if (woken + grown > 0)
            {
                bells.Changes.Ring();
                bells.Routing.Ring();
                log.CasesWoken(woken + grown);
            }

            return woken == Most || grown == Most;
        }
        catch (DbUpdateConcurrencyException)
        {
            return true;            // somebody was faster
        }
    }

    private async Task<int> ByTime(OpsDb db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = await db.Cases.Where(c => c.State == CaseState.Snoozed && c.SnoozedUntil != null && c.SnoozedUntil <= now).OrderBy(c => c.SnoozedUntil).Take(Most).ToListAsync(cancellationToken);
        return await Wake(db, due, _ => "the time has come", now, cancellationToken);
    }

    private async Task<int> ByAmount(OpsDb db, CancellationToken cancellationToken)
    {
        var waiting = await db.Cases.Where(c => c.State == CaseState.Snoozed && c.SnoozedUntil != null && c.SnoozeAmount != null).OrderBy(c => c.SnoozedUntil).ToListAsync(cancellationToken);
        if (waiting.Count == 0)
        {
            return 0;
        }

        var amounts = await CauseAmounts.Of(db, [.. waiting.Select(c => c.Fingerprint).Distinct()], cancellationToken);
        var grown = waiting.Where(c => amounts.GetValueOrDefault(c.Fingerprint) >= c.SnoozeAmount).Take(Most).ToList();
        return await Wake(
            db, grown, c => string.Create(CultureInfo.InvariantCulture, $"its cause has {reporting.Value.Currency} {amounts[c.Fingerprint]:N0} at risk now"), clock.GetUtcNow(), cancellationToken);
    }

    private static async Task<int> Wake(OpsDb db, List<ExceptionCase> cases, Func<ExceptionCase, string> why, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var woken = new List<(ExceptionCase, CaseStep)>();
        foreach (var @case in cases)
        {
            if (@case.Move(CaseAction.Wake, Actor.System, why(@case), now).Value is { } step)
            {
                @case.RoutedAt = null;
                db.CaseSteps.Add(step);
                woken.Add((@case, step));
            }
        }

        await PersonalNotices.Tell(db, woken, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await db.Dialect.Insert(db, CaseNews.Of(cases, now), cancellationToken);
        return cases.Count;
    }
}
