using Microsoft.Extensions.DependencyInjection;

namespace OpsConsole.Privacy;

public static class PrivacySetup
{
    /// <summary>Registers the keeper of retention.</summary>
    public static IServiceCollection AddPrivacy(this IServiceCollection services) => services.AddHostedService<RetentionWorker>();
}
