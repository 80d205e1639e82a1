using System.Data;
using Microsoft.Extensions.Hosting;
using OpsConsole.Live;

namespace OpsConsole.Storage;

/// <summary>
/// A worker of which only one works at a time, on whatever node. It holds a lease; every transaction checks the epoch under which it was
/// given, so that one who was thought dead cannot write any more. It is woken by its bell, held by it where something else goes first, and looks by
/// itself now and then.
/// </summary>
public abstract class LeasedWorker(IDbContextFactory<OpsDb> databases, WorkSignal bell, TimeSpan look, ILogger log) : BackgroundService
{
    // How long a killed node's work lies still. A turn may take longer: a transaction under way locks the lease, so nobody takes it meanwhile.
    private static readonly TimeSpan s_leaseTime = TimeSpan.FromSeconds(5);
    private readonly string _holder = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():n}";

    protected abstract string LeaseName { get; }

    /// <summary>One turn of work under the lease.</summary>
    /// <returns>True when there may be more, so that the next turn follows at once.</returns>
    protected abstract Task<bool> Turn(long epoch, CancellationToken cancellationToken);

    /// <summary>Takes or keeps the lease and works one turn; does nothing while another node holds it.</summary>
    public async Task<bool> Look(CancellationToken cancellationToken)
    {
        long? epoch;
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            epoch = await db.Dialect.TakeLease(db, LeaseName, _holder, s_leaseTime, cancellationToken);
        }

        return epoch is not null && await Turn(epoch.Value, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await bell.Unheld(stoppingToken);
                if (!await Look(stoppingToken))
                {
                    await bell.Wait(look, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                log.TurnFailed(failure, LeaseName);
                await bell.Wait(look, stoppingToken);
            }
        }
    }

    /// <summary>Runs the work in one transaction that commits only while the lease is still ours.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else was faster: also when both waited for each other and the database let them go first.</exception>
    protected async Task<T> InTransaction<T>(long epoch, Func<OpsDb, Task<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        if (!await db.Dialect.HoldLease(db, LeaseName, epoch, cancellationToken))
        {
            throw new DBConcurrencyException($"The lease {LeaseName} went to another node.");
        }

        try
        {
            var result = await work(db);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return result;
        }
        catch (Exception failure) when (db.Dialect.IsDeadlock(failure))
        {
            throw new DbUpdateConcurrencyException("The database ended this in favour of somebody who waited for the same rows.", failure);
        }
    }
}

/// <summary>What leased workers write to the log. Ids 1900-1909 belong to it.</summary>
internal static partial class LeasedWorkerLog
{
    [LoggerMessage(1901, LogLevel.Warning, "A turn of {Worker} failed and will be tried again")]
    public static partial void TurnFailed(this ILogger log, Exception failure, string worker);
}
