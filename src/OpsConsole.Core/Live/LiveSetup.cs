using Microsoft.Extensions.DependencyInjection;

namespace OpsConsole.Live;

public static class LiveSetup
{
    /// <summary>The bells of the workers, and the pump that tells this node what any node committed.</summary>
    public static IServiceCollection AddLive(this IServiceCollection services) =>
        services.AddSingleton<NewsBoard>().AddScoped<LiveFeed>().AddSingleton<WorkSignals>().AddHostedService<ChangePump>();
}
