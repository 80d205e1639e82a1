using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OpsConsole.Access;

internal static class AccessSetup
{
    // OWASP's Password Storage Cheat Sheet for PBKDF2-HMAC-SHA512. A hash of fewer rounds is renewed when its person signs in.
    private const int HashRounds = 210_000;

    /// <summary>Accounts and their sessions (<c>SignIn</c>).</summary>
    public static IServiceCollection AddPeople(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SignInSettings>().Bind(configuration.GetSection(SignInSettings.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = HashRounds);
        services.TryAddScoped<IPasswordHasher<Person>, PasswordHasher<Person>>();
        return services.AddSingleton<BreachedPasswords>().AddScoped<People>().AddScoped<Factors>().AddScoped<SignInThrottle>().AddHostedService<SessionWorker>();
    }
}
