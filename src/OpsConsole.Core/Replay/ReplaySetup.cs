using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Replay.Targets;

namespace OpsConsole.Replay;

public static class ReplaySetup
{
    /// <summary>Repairs, replays and their targets (<c>Targets</c>). The host brings an <see cref="ISecretBox"/>.</summary>
    public static IServiceCollection AddReplay(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHttpClient(HttpTarget.Client, client => client.Timeout = Timeout.InfiniteTimeSpan).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ActivityHeadersPropagator = null,
        });
        services.AddScoped<ReplayDesk>().AddScoped<RepairDesk>();
        services.AddSingleton<HttpTarget>().AddSingleton<ReplayRecord>().AddSingleton<ReplaySender>().AddSingleton<ReplayProof>();
        services.AddHostedService<SeedTargets>();
        return services.AddHostedService<ReplayWorker>();
    }
}
