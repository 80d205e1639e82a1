using System.Net;
using System.Net.Sockets;

namespace OpsConsole.Basics;

/// <summary>Networks as people write them: <c>10.20.0.0/16</c>, or one address alone.</summary>
public static class Networks
{
    private const int AllOfV4 = 32;
    private const int AllOfV6 = 128;

    /// <summary>Nothing when it is neither.</summary>
    public static IPNetwork? Parse(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.AddressFamily is AddressFamily.InterNetwork ? AllOfV4 : AllOfV6)
        : null;

    /// <summary>True when one of them holds it; an IPv4 address that is told as IPv6 counts as what it is.</summary>
    public static bool Hold(this IEnumerable<IPNetwork> networks, IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return networks.Any(network => network.Contains(plain));
    }
}
