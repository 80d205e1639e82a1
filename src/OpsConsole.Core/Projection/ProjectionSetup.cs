using Microsoft.Extensions.DependencyInjection;

namespace OpsConsole.Projection;

public static class ProjectionSetup
{
    public static IServiceCollection AddProjection(this IServiceCollection services) =>
        services.AddSingleton<FreshFacts>().AddHostedService<Projector>().AddHostedService<TraceProjector>();
}
