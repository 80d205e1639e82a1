using Microsoft.AspNetCore.HttpOverrides;

namespace OpsConsole.Web.Shell;

/// <summary>
/// Which proxies are believed when they say who called and by which scheme (<c>Proxies:Trusted</c>, addresses or networks like
/// <c>10.0.0.0/8</c>, separated by commas). A proxy on this machine is believed always, any other only when it is named.
/// </summary>
internal static class Proxies
{
    private const string Setting = "Proxies:Trusted";

    public static void AddProxies(this IServiceCollection services, IConfiguration configuration) =>
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            foreach (var network in Named(configuration).Select(Networks.Parse).OfType<System.Net.IPNetwork>())
            {
                options.KnownIPNetworks.Add(network);
            }
        });

    /// <summary>What is wrong with the setting, a sentence each.</summary>
    public static IEnumerable<string> Faults(IConfiguration configuration) =>
        from name in Named(configuration)
        where Networks.Parse(name) is null
        select $"{Setting}: \"{name}\" is neither an address nor a network like 10.0.0.0/8.";

    private static string[] Named(IConfiguration configuration) =>
        configuration[Setting]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
