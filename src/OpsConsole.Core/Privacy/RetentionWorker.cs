using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using OpsConsole.Audit;
using OpsConsole.Intake;
using OpsConsole.Live;
using OpsConsole.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Privacy;

/// <summary>Takes away what is older than its class is kept, in small steps, and writes one audit entry a day and class.</summary>
public sealed class RetentionWorker(IDbContextFactory<OpsDb> databases, IOptions<RetentionOptions> options, TimeProvider clock, ILogger<RetentionWorker> log)
    : LeasedWorker(databases, new WorkSignal(), TimeSpan.FromMinutes(10), log)
{
    private static readonly Meter s_meter = new(IntakeMetrics.MeterName);
    private static readonly Counter<long> s_deleted = s_meter.CreateCounter<long>("opsconsole.retention.deleted", "{row}", "Rows that went because their time was over, by class");

    protected override string LeaseName => "retention";

    protected override async Task<bool> Turn(long epoch, CancellationToken cancellationToken)
    {
        var more = false;
        foreach (var one in RetentionClass.All)
        {
            if (one.Sweep is { } sweep && one.Days(options.Value) is { } days)
            {
                var swept = await InTransaction(epoch, db => Sweep(db, one.Code, sweep, clock.GetUtcNow().AddDays(-days), cancellationToken), cancellationToken);
                s_deleted.Add(swept.Deleted, new KeyValuePair<string, object?>("class", one.Code));
                more |= swept.More;
            }
        }

        await InTransaction(epoch, db => Tell(db, cancellationToken), cancellationToken);
        return more;
    }

    // What went and that it is counted is one commit: the conservation law holds at every moment.
    private async Task<Swept> Sweep(
        OpsDb db, string code, Func<OpsDb, DateTimeOffset, CancellationToken, Task<Swept>> sweep, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var swept = await sweep(db, before, cancellationToken);
        if (swept.Deleted > 0)
        {
            var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
            var count = await db.RetentionCounts.SingleOrDefaultAsync(c => c.Class == code && c.Day == today, cancellationToken);
            if (count is null)
            {
                count = new RetentionCount { Class = code, Day = today };
                db.RetentionCounts.Add(count);
            }

            count.Deleted += swept.Deleted;
        }

        return swept;
    }

    // A day that is over is told once.
    private async Task<bool> Tell(OpsDb db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var days = await db.RetentionCounts.Where(c => c.Day < today && !c.Told).OrderBy(c => c.Day).ThenBy(c => c.Class).ToListAsync(cancellationToken);
        foreach (var day in days)
        {
            day.Told = true;
            db.Audit.Add(AuditEntry.Of(Actor.System, "retention.delete", $"retention of {day.Class}", FormattableString.Invariant($"{day.Deleted} rows went on {day.Day:yyyy-MM-dd}: their time was over"), now));
        }

        return days.Count > 0;
    }
}
