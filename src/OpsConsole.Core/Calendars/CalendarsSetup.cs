using Microsoft.Extensions.DependencyInjection;

namespace OpsConsole.Calendars;

public static class CalendarsSetup
{
    /// <summary>Business calendars and the first three of them.</summary>
    public static IServiceCollection AddCalendars(this IServiceCollection services) => services.AddHostedService<SeedCalendars>();
}
