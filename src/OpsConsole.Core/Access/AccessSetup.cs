using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OpsConsole.Access;

internal static class AccessSetup
{
    public static IServiceCollection AddPeople(this IServiceCollection services)
    {
        services.TryAddScoped<IPasswordHasher<Person>, PasswordHasher<Person>>();
        return services.AddScoped<People>();
    }
}
