using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace OpsConsole.Intake.Rabbit;

internal static class RabbitSetup
{
    /// <summary>Registers intake from a broker. After the writer, so that it stops before: what it handed in is still written.</summary>
    public static IServiceCollection AddRabbit(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RabbitOptions>().Bind(configuration.GetSection(RabbitOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RabbitOptions>, RabbitOptionsValidator>();
        services.AddSingleton<RabbitState>();
        services.AddSingleton<DeadLetterReader>();
        services.AddSingleton<MessageReader>();
        services.AddSingleton<RabbitParts>();
        services.AddHostedService<RabbitIntake>();
        return services;
    }
}
