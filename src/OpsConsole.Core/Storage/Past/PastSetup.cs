using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OpsConsole.Storage.Past;

internal static class PastSetup
{
    /// <summary>Lets a scope look at the past (<see cref="AskedMoment.LookAt"/>): its database and its clock are those of the moment. Comes last, when both are registered.</summary>
    public static IServiceCollection AddPast(this IServiceCollection services)
    {
        var clock = services.Last(one => one.ServiceType == typeof(TimeProvider)).ImplementationInstance as TimeProvider ?? TimeProvider.System;
        services.Replace(ServiceDescriptor.Transient(scope => AskedMoment.Of(scope) is { } at ? new StandingClock(at, clock) : clock));
        services.Replace(ServiceDescriptor.Scoped(scope =>
        {
            var present = scope.GetRequiredService<IDbContextFactory<OpsDb>>().CreateDbContext();
            return AskedMoment.Of(scope) is { } at ? Past(present, at) : present;
        }));
        services.AddScoped(scope => new Looking(AskedMoment.Of(scope)));
        return services.AddSingleton<PastHorizon>().AddHostedService<PastKeeper>();
    }

    private static OpsDb Past(OpsDb present, DateTimeOffset at)
    {
        using (present)
        {
            return PastDb.Of(present, at);
        }
    }
}
