using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpsConsole.Storage;

namespace OpsConsole.Intake.Mappings;

/// <summary>
/// Brings the mappings of files (<c>mappings/*.json</c> beside the program) into the database at start. One that somebody has set since stays as it is.
/// </summary>
internal sealed class MappingFiles(IServiceScopeFactory scopes, ILogger<MappingFiles> log) : IHostedService
{
    private const string Folder = "mappings";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, Folder);
        if (!Directory.Exists(folder))
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDb>();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var definition = MappingDefinition.FromJson(await File.ReadAllTextAsync(file, cancellationToken));
            var owner = await db.Mappings.Where(row => row.Name == definition.Name).Select(row => row.UpdatedBy).SingleOrDefaultAsync(cancellationToken);
            if (owner is not null && owner != Actor.System.Name)
            {
                log.MappingFileLeft(Path.GetFileName(file), owner);
                continue;
            }

            if ((await mediator.Send(new SetMapping(definition, Actor.System), cancellationToken)).Refusal is { Kind: RefusalKind.Invalid } refusal)
            {
                throw new InvalidOperationException($"The mapping file {Path.GetFileName(file)} is not right: {refusal.Message}");
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
