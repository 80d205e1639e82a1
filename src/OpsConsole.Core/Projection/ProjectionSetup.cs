using Microsoft.Extensions.DependencyInjection;

namespace OpsConsole.Projection;

public static class ProjectionSetup
{
    public static IServiceCollection AddProjection(this IServiceCollection services) =>
        services.AddHostedService<Projector>().AddHostedService<TraceProjector>();
}
