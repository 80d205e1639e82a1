using Microsoft.Extensions.DependencyInjection;

namespace OpsConsole.Routing;

public static class RoutingSetup
{
    /// <summary>The rule book and the worker that routes by it.</summary>
    public static IServiceCollection AddRouting(this IServiceCollection services)
    {
        services.AddScoped<RuleDesk>();
        services.AddHostedService<SeedRules>();
        return services.AddHostedService<RoutingWorker>();
    }
}
