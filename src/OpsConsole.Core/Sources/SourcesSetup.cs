using Microsoft.Extensions.DependencyInjection;

namespace OpsConsole.Sources;

public static class SourcesSetup
{
    /// <summary>Registers the keys of senders, and the one that is given from outside.</summary>
    public static IServiceCollection AddSources(this IServiceCollection services) =>
        services.AddSingleton<LiveKeys>().AddHostedService<BootstrapKey>();
}
