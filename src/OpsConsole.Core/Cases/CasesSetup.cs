using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace OpsConsole.Cases;

public static class CasesSetup
{
    /// <summary>Exceptions: their steps, and the workers that find, wake and miss (<c>Approval</c>).</summary>
    public static IServiceCollection AddCases(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ApprovalOptions>().Bind(configuration.GetSection(ApprovalOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<CaseDesk>();
        services.AddHostedService<CaseWorker>();
        services.AddHostedService<SnoozeWorker>();
        return services.AddHostedService<MilestoneWatch>();
    }
}
