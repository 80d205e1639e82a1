using Microsoft.Extensions.Options;
using OpsConsole.Live;
using OpsConsole.Traces;

namespace OpsConsole.Storage.Past;

/// <summary>Forgets what was known longer ago than is kept, a portion at a time. The horizon moves first: nobody is told half of a moment.</summary>
public sealed class PastKeeper(IDbContextFactory<OpsDb> databases, IOptions<RetentionOptions> options, TimeProvider clock, ILogger<PastKeeper> log)
    : LeasedWorker(databases, new WorkSignal(), TimeSpan.FromHours(1), log)
{
    /// <summary>Rows of one delete: below the locks at which SQL Server would take the whole table.</summary>
    private const int Chunk = 4_000;

    protected override string LeaseName => "past-keeper";

    protected override async Task<bool> Turn(long epoch, CancellationToken cancellationToken)
    {
        var from = clock.GetUtcNow().AddDays(-options.Value.PastDays);
        await InTransaction(epoch, async db =>
        {
            await db.Dialect.MovePast(db, from, cancellationToken);
            return true;
        }, cancellationToken);
        var more = false;
        foreach (var type in Kept.Changing)
        {
            more |= await InTransaction(epoch, db => db.Dialect.ForgetPast(db, Kept.TableOf(db, type), from, Chunk, cancellationToken), cancellationToken) == Chunk;
        }

        return more;
    }
}
