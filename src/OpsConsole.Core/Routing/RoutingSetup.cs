using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace OpsConsole.Routing;

public static class RoutingSetup
{
    /// <summary>The rule book and the worker that routes by it, due times and who hears of them (<c>Sla</c>).</summary>
    public static IServiceCollection AddRouting(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SlaOptions>().Bind(configuration.GetSection(SlaOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<RuleDesk>().AddScoped<DraftDesk>().AddScoped<WhatIfRun>().AddScoped<Recovery>().AddScoped<SlaDesk>();
        services.AddHostedService<SeedRules>();
        services.AddHostedService<SeedSla>();
        services.AddHostedService<RoutingWorker>();
        return services.AddHostedService<SlaWorker>();
    }
}
