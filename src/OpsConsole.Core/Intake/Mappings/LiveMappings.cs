using Microsoft.Extensions.Hosting;
using OpsConsole.Storage;

namespace OpsConsole.Intake.Mappings;

/// <summary>Keeps the book of mappings as the database has it: at start, at once where one is set, within seconds on other nodes.</summary>
public sealed class LiveMappings(IDbContextFactory<OpsDb> contexts, MappingBook book, TimeProvider clock, ILogger<LiveMappings> log) : BackgroundService
{
    private static readonly TimeSpan s_each = TimeSpan.FromSeconds(3);

    /// <summary>The first reading is done before anything can be received.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryLoad(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    internal async Task Load(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Mappings.AsNoTracking().ToListAsync(cancellationToken);
        book.Take(rows.Select(row => (MappingDefinition.FromJson(row.Definition), row.Version)));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_each, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryLoad(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task TryLoad(CancellationToken cancellationToken)
    {
        try
        {
            await Load(cancellationToken);
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or OperationCanceledException))
        {
            log.MappingsUnread(failure);
        }
    }
}
