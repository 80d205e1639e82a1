using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace OpsConsole.Rates;

public static class RatesSetup
{
    /// <summary>Exchange rates and the reporting currency (<c>Reporting</c>, <c>Rates</c>).</summary>
    public static IServiceCollection AddRates(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ReportingOptions>().Bind(configuration.GetSection(ReportingOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services.AddHostedService<SeedRates>();
    }
}
