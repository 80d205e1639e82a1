using Microsoft.Extensions.DependencyInjection;

namespace OpsConsole.Live;

public static class LiveSetup
{
    /// <summary>The bells of the workers, the pump that tells this node what any node committed, and what is read once for all who heard it.</summary>
    public static IServiceCollection AddLive(this IServiceCollection services) =>
        services.AddSingleton<NewsBoard>().AddScoped<LiveFeed>().AddSingleton<SharedReads>().AddScoped<Reach>().AddSingleton<WorkSignals>().AddHostedService<ChangePump>();
}
