using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace OpsConsole.Sources;

public static class SourcesSetup
{
    /// <summary>Registers the keys of senders, the one that is given from outside, and the lanes.</summary>
    public static IServiceCollection AddSources(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<LaneOptions>().Bind(configuration.GetSection(LaneOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LaneOptions>, LaneOptionsValidator>();
        services.AddSingleton<DoorLog>().AddHostedService(provider => provider.GetRequiredService<DoorLog>());
        return services.AddSingleton<LiveKeys>().AddHostedService<BootstrapKey>();
    }
}
