using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpsConsole.Storage;

namespace OpsConsole.Flows;

/// <summary>Where flow definitions are read from at start.</summary>
public sealed class FlowOptions
{
    public const string Section = "Flows";

    /// <summary>A folder of <c>*.json</c> files, each one definition; relative to the console's own folder. Empty: none.</summary>
    public string Folder { get; set; } = "flows";
}

public static class FlowsSetup
{
    public static IServiceCollection AddFlows(this IServiceCollection services)
    {
        services.AddOptions<FlowOptions>().BindConfiguration(FlowOptions.Section);
        return services.AddHostedService<FlowFiles>();
    }
}

/// <summary>
/// Brings the definitions of files into the database at start. A flow that somebody has set since by hand or through the API stays as it is:
/// the file only fills in what is not there, or follows up what a file set.
/// </summary>
internal sealed class FlowFiles(
    IServiceScopeFactory scopes, Microsoft.Extensions.Options.IOptions<FlowOptions> options, ILogger<FlowFiles> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, options.Value.Folder);
        if (options.Value.Folder.Length == 0 || !Directory.Exists(folder))
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDb>();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var definition = FlowDefinition.FromJson(await File.ReadAllTextAsync(file, cancellationToken));
            var owner = await db.Flows.Where(flow => flow.Name == definition.Name).Select(flow => flow.UpdatedBy).SingleOrDefaultAsync(cancellationToken);
            if (owner is not null && owner != Actor.System.Name)
            {
                log.FlowFileLeft(Path.GetFileName(file), definition.Name, owner);
                continue;
            }

            var set = await mediator.Send(new SetFlow(definition, Actor.System), cancellationToken);
            if (set.Refusal is { } refusal)
            {
                throw new InvalidOperationException($"The flow file {Path.GetFileName(file)} is not right: {refusal.Message}");
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Every sentence this room writes to the log. Ids 2200-2299 belong to it.</summary>
internal static partial class FlowsLog
{
    [LoggerMessage(2201, LogLevel.Information, "Flow file {File} was left aside: {Flow} was set by {Owner} since")]
    public static partial void FlowFileLeft(this ILogger log, string file, string flow, string owner);
}
