using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Outgoing;
using OpsConsole.Replay.Bulks;
using OpsConsole.Replay.Targets;

namespace OpsConsole.Replay;

public static class ReplaySetup
{
    /// <summary>Repairs, replays, bulks and their targets (<c>Targets</c>). The host brings an <see cref="ISecretBox"/>.</summary>
    public static IServiceCollection AddReplay(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOutgoingClient(HttpTarget.Client);
        services.Configure<BrokerOptions>(configuration.GetSection(BrokerOptions.Section));
        services.AddSingleton<BrokerConnection>();
        services.AddSingleton<IReplayTarget, HttpTarget>().AddSingleton<IReplayTarget, RabbitMqTarget>().AddSingleton<TargetCatalog>();
        services.AddScoped<ReplayDesk>().AddScoped<RepairDesk>().AddScoped<TargetCheck>().AddScoped<BulkDesk>().AddScoped<BulkFourEyes>().AddScoped<BulkHash>().AddScoped<BulkPreview>().AddScoped<BulkCancel>();
        services.AddSingleton<ReplayRecord>().AddSingleton<SendOutcome>().AddSingleton<LaneParts>().AddSingleton<ReplayProof>().AddSingleton<ParkedReplays>();
        services.AddHostedService<SeedTargets>().AddHostedService<ReplayWorker>().AddHostedService<ProofWorker>().AddHostedService<DraftWorker>();
        return services.AddHostedService<BulkWorker>();
    }
}
