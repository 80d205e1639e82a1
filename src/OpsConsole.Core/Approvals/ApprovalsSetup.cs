using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace OpsConsole.Approvals;

public static class ApprovalsSetup
{
    /// <summary>When a second person must decide, and who may be that (<c>Approval</c>).</summary>
    public static IServiceCollection AddApprovals(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ApprovalOptions>().Bind(configuration.GetSection(ApprovalOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<FourEyes>();
        return services.AddHostedService<SeedFourEyes>();
    }
}
