using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpsConsole.Access;
using OpsConsole.Basics.Behaviors;
using OpsConsole.Flows;
using OpsConsole.Intake;
using OpsConsole.Kpis;
using OpsConsole.Live;
using OpsConsole.Projection;
using OpsConsole.Sources;

namespace OpsConsole;

/// <summary>The rooms of the house, in the order of the street.</summary>
public static class CoreSetup
{
    /// <summary>Registers every room. The database comes from its own project.</summary>
    public static IServiceCollection AddCore(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMediator(typeof(CoreSetup).Assembly, typeof(Authorize<,>));
        services.AddSingleton<LiveFeed>().AddSingleton<WorkSignals>();
        services.AddPeople();
        services.AddSources();
        services.AddFlows();
        services.AddKpis();
        services.AddProjection();
        services.AddIntake(configuration);
        return services;
    }
}
