using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>
/// Writes the numbers that cannot be computed backwards, per unit and hour. It looks more often than hourly and writes over the hour's point,
/// so that a restart costs minutes and not an hour. One node at a time holds the lease.
/// </summary>
internal sealed class KpiSampler(
    IDbContextFactory<OpsDb> databases, TimeProvider clock, IOptions<KpiOptions> options, IOptions<ReportingOptions> reporting, ILogger<KpiSampler> log) : BackgroundService
{
    private const string LeaseName = "kpi-sampler";
    private readonly string _holder = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():n}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = TimeSpan.FromMinutes(options.Value.SampleMinutes);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Sample(stoppingToken);
                await Task.Delay(pause, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // A trend point missed is made up for by the next look; the console goes on.
                log.SampleFailed(failure);
                await Task.Delay(TimeSpan.FromSeconds(30), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    internal async Task Sample(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var held = await db.Dialect.TakeLease(db, LeaseName, _holder, TimeSpan.FromMinutes(options.Value.SampleMinutes * 2), cancellationToken);
        if (held is not { } epoch)
        {
            return;
        }

        var now = clock.GetUtcNow();
        var points = await Measure(db, now, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Dialect.HoldLease(db, LeaseName, epoch, cancellationToken))
        {
            await db.Dialect.Upsert(db, points, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    private async Task<List<KpiPoint>> Measure(OpsDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hour = new DateTimeOffset(now.UtcDateTime.Date.AddHours(now.UtcDateTime.Hour), TimeSpan.Zero);
        var rates = await RateTable.Read(db, reporting.Value.Currency, cancellationToken);
        var window = new KpiWindow(hour, now, now, null, Scope.All, options.Value.Flow, options.Value, rates);
        var units = await db.Objects.AsNoTracking().Select(o => o.Unit).Distinct().ToListAsync(cancellationToken);
        var points = new List<KpiPoint>();
        foreach (var kpi in KpiCatalog.All.Where(kpi => kpi.Sampled))
        {
            var ready = await kpi.Ready(db, window, cancellationToken);

            // A unit without rows has the value zero, which is a point like any other.
            var rows = (await kpi.Rows(db, ready).ToListAsync(cancellationToken)).ToLookup(row => row.Unit, StringComparer.Ordinal);
            foreach (var unit in units.Union(rows.Select(unit => unit.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                var figure = kpi.Measure([.. rows[unit]], ready);
                points.Add(new KpiPoint { Kpi = kpi.Code, Unit = unit, Hour = hour, Value = figure.Value ?? 0, Amount = figure.Amount });
            }
        }

        return points;
    }
}

/// <summary>Every sentence this room writes to the log. Ids 2800-2899 belong to it.</summary>
internal static partial class KpisLog
{
    [LoggerMessage(2801, LogLevel.Warning, "The board's numbers were not sampled; the next look will")]
    public static partial void SampleFailed(this ILogger log, Exception failure);
}

public static class KpisSetup
{
    /// <summary>The board's settings and the worker behind its trends.</summary>
    public static IServiceCollection AddKpis(this IServiceCollection services)
    {
        services.AddOptions<KpiOptions>().BindConfiguration(KpiOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<KpiOptions>, KpiOptionsValidator>();
        return services.AddHostedService<KpiSampler>().AddHostedService<Rolls.KpiRoller>();
    }
}
