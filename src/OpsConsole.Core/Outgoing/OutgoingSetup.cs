using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OpsConsole.Outgoing;

/// <summary>An address that <see cref="OutgoingRules"/> refuse. Nothing was sent.</summary>
public sealed class OutgoingRefusedException(string message) : HttpRequestException(message);

public static class OutgoingSetup
{
    private const int LongestHeadersKilobytes = 32;

    /// <summary>The rules of calls that the console makes itself.</summary>
    public static IServiceCollection AddOutgoing(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(new OutgoingRules(configuration));
        return services;
    }

    /// <summary>
    /// A client that keeps to <see cref="OutgoingRules"/>: no redirect, no cookie, no proxy, short headers, and a connection to the very address
    /// that was looked at, so that a name cannot be resolved to another one in between.
    /// </summary>
    public static IServiceCollection AddOutgoingClient(this IServiceCollection services, string name)
    {
        services.AddHttpClient(name, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers()
            .AddHttpMessageHandler(provider => new Guard(provider.GetRequiredService<OutgoingRules>()))
            .ConfigurePrimaryHttpMessageHandler(provider => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(1),
                MaxResponseHeadersLength = LongestHeadersKilobytes,
                ActivityHeadersPropagator = null,
                ConnectCallback = (context, cancellationToken) => Connect(provider.GetRequiredService<OutgoingRules>(), context.DnsEndPoint, cancellationToken),
            });
        return services;
    }

    private static async ValueTask<Stream> Connect(OutgoingRules rules, DnsEndPoint place, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(place.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(place.Host, cancellationToken);

        // One address among many that is not public is a trap, not an accident.
        if (addresses.Select(address => rules.WhyNot(place.Host, place.Port, address)).FirstOrDefault(no => no is not null) is { } no)
        {
            throw new OutgoingRefusedException(no);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, place.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class Guard(OutgoingRules rules) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            rules.WhyNot(request.RequestUri!) is { } no
                ? throw new OutgoingRefusedException($"The address {no}.")
                : base.SendAsync(request, cancellationToken);
    }
}
