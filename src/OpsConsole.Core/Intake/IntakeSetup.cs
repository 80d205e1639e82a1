using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpsConsole.Intake.Bulk;
using OpsConsole.Intake.CloudEvents;
using OpsConsole.Intake.Hooks;
using OpsConsole.Intake.Mappings;
using OpsConsole.Intake.Otlp;
using OpsConsole.Intake.Rabbit;
using OpsConsole.Live;

namespace OpsConsole.Intake;

public static class IntakeSetup
{
    /// <summary>Registers the readers, the queue and its writer.</summary>
    public static IServiceCollection AddIntake(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<IntakeOptions>().Bind(configuration.GetSection(IntakeOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<IntakeOptions>, IntakeOptionsValidator>();
        services.TryAddSingleton<WorkSignals>();
        services.AddSingleton<IntakeQueue>();
        services.AddSingleton<FoldPaces>();
        services.AddHostedService<BacklogWatch>();
        services.AddSingleton<IntakeMetrics>();
        services.AddSingleton<MappingBook>().AddSingleton<LiveMappings>().AddHostedService(provider => provider.GetRequiredService<LiveMappings>());
        services.AddHostedService<MappingFiles>();
        services.AddSingleton<CloudEventReader>();
        services.AddSingleton<HookReader>();
        services.AddSingleton<OtlpReader>();
        services.AddSingleton<OtlpLogReader>();
        services.AddSingleton<RefusedReader>();
        services.AddSingleton<IntakeRules>().AddSingleton<IntakeFlush>();
        services.AddHostedService<IntakeWriter>();
        services.AddRabbit(configuration);
        return services;
    }
}
