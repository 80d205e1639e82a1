using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace OpsConsole.Cases;

public static class CasesSetup
{
    /// <summary>Exceptions: their steps, the people around them, and the workers that find, wake, miss and end claims (<c>Desk</c>).</summary>
    public static IServiceCollection AddCases(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DeskOptions>().Bind(configuration.GetSection(DeskOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<CaseDesk>().AddScoped<ClaimLease>();
        services.AddScoped<CauseDesk>();
        services.AddHostedService<CaseWorker>();
        services.AddHostedService<SnoozeWorker>();
        services.AddHostedService<ClaimLeaseWorker>();
        services.AddHostedService<SilenceWatch>();
        return services.AddHostedService<MilestoneWatch>();
    }
}
