using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Tests.Shell;

public class ProxiesTests
{
    [Fact]
    public void A_proxy_is_named_by_address_or_network()
    {
        var services = new ServiceCollection();
        services.AddProxies(Settings("10.0.0.0/8, 192.168.7.9"));

        var options = services.BuildServiceProvider().GetRequiredService<IOptions<ForwardedHeadersOptions>>().Value;

        Assert.Contains(options.KnownIPNetworks, network => network.Contains(System.Net.IPAddress.Parse("10.9.8.7")));
        Assert.Contains(options.KnownIPNetworks, network => network.Contains(System.Net.IPAddress.Parse("192.168.7.9")));
        Assert.DoesNotContain(options.KnownIPNetworks, network => network.Contains(System.Net.IPAddress.Parse("192.168.7.10")));
    }

    [Fact]
    public void A_name_that_is_neither_is_told_at_the_start() =>
        Assert.Contains("\"proxy.local\"", Assert.Single(Proxies.Faults(Settings("10.0.0.0/8,proxy.local"))), StringComparison.Ordinal);

    private static IConfigurationRoot Settings(string trusted) =>
        new ConfigurationBuilder().AddInMemoryCollection([new("Proxies:Trusted", trusted)]).Build();
}
