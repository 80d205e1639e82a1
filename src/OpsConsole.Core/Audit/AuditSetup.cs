using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Outgoing;

namespace OpsConsole.Audit;

public static class AuditSetup
{
    /// <summary>The chain of what was done, and what takes it outside (<c>Audit</c>).</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AuditOptions>().Bind(configuration.GetSection(AuditOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<OutsideAnchors>();
        services.AddSingleton<SealWatch>().AddHostedService(provider => provider.GetRequiredService<SealWatch>());
        services.AddOutgoingClient(HookWay.Client);
        services.AddSingleton<IAnchorWay, FileWay>().AddSingleton<IAnchorWay, HookWay>();
        services.AddSingleton<AnchorMaker>();
        services.AddHostedService<AnchorWorker>();
        return services.AddHostedService<AuditSealer>();
    }
}
