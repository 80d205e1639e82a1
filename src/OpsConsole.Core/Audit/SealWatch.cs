using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using OpsConsole.Storage;

namespace OpsConsole.Audit;

/// <summary>Counts on every node what waits for its seal, and since when: a sealer that stands still shows, on whichever node it stood.</summary>
public sealed class SealWatch : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_back = TimeSpan.FromHours(2);

    private readonly Meter _meter = new("OpsConsole");
    private readonly IDbContextFactory<OpsDb> _databases;
    private readonly TimeProvider _clock;
    private readonly ILogger<SealWatch> _log;
    private long _count;
    private long _undelivered;
    private double _age;

    public SealWatch(IDbContextFactory<OpsDb> databases, TimeProvider clock, ILogger<SealWatch> log)
    {
        (_databases, _clock, _log) = (databases, clock, log);
        _meter.CreateObservableGauge("opsconsole.audit.unsealed", () => Interlocked.Read(ref _count), "{entry}", "Audit entries of the last two hours that have no place in the chain yet");
        _meter.CreateObservableGauge("opsconsole.audit.anchors.undelivered", () => Interlocked.Read(ref _undelivered), "{delivery}", "Deliveries of anchors that have failed and will be tried again");
        _meter.CreateObservableGauge("opsconsole.audit.unsealed.age", () => Volatile.Read(ref _age), "s", "Age of the oldest of them");
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Count(stoppingToken);
                await Task.Delay(s_every, _clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                _log.UnsealedNotCounted(failure);
                await Task.Delay(s_every, _clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Count(CancellationToken cancellationToken)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        var now = _clock.GetUtcNow();
        var waiting = await db.Unsealed(now - s_back).GroupBy(_ => 1).Select(all => new { Count = all.LongCount(), Oldest = all.Min(a => a.At) }).SingleOrDefaultAsync(cancellationToken);
        Interlocked.Exchange(ref _undelivered, await db.AuditDeliveries.LongCountAsync(d => d.DeliveredAt == null && d.Attempts > 0, cancellationToken));
        Interlocked.Exchange(ref _count, waiting?.Count ?? 0);
        Volatile.Write(ref _age, waiting is null ? 0 : Math.Max(0, (now - waiting.Oldest).TotalSeconds));
    }
}
