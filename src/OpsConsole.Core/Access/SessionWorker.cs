using Microsoft.Extensions.Options;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>Takes away sessions that have been over for a while, and counts of wrong tries that count no more. That sessions are over needs no worker: each question looks at their times.</summary>
public sealed class SessionWorker(IDbContextFactory<OpsDb> databases, IOptions<SignInSettings> limits, TimeProvider clock, ILogger<SessionWorker> log)
    : LeasedWorker(databases, new WorkSignal(), TimeSpan.FromMinutes(10), log)
{
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(30);

    protected override string LeaseName => "sessions";

    protected override async Task<bool> Turn(long epoch, CancellationToken cancellationToken)
    {
        await InTransaction(epoch, db => Sweep(db, cancellationToken), cancellationToken);
        return false;
    }

    private async Task<int> Sweep(OpsDb db, CancellationToken cancellationToken)
    {
        var old = clock.GetUtcNow() - s_kept;
        var begun = old - limits.Value.Absolute;
        var counted = clock.GetUtcNow() - SignInThrottle.Window;
        await db.SignInCounts.Where(c => c.Since <= counted).ExecuteDeleteAsync(cancellationToken);
        return await db.Sessions.Where(s => s.EndedAt < old || s.StartedAt < begun).ExecuteDeleteAsync(cancellationToken);
    }
}
