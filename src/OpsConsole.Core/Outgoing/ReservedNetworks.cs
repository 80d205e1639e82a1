using System.Net;

namespace OpsConsole.Outgoing;

/// <summary>The addresses that are nobody's on the public internet: one's own machine and network, what clouds tell their machines, tests, multicast (IANA's special-purpose registries, RFC 6890).</summary>
internal static class ReservedNetworks
{
    private const int V4InV6 = 12;

    private static readonly IPNetwork[] s_reserved =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "168.63.129.16/32",                                     // a public number, and the inside of every machine on Azure
            "::/127", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    // Addresses that carry an IPv4 address within: NAT64 (RFC 6052, RFC 8215), IPv4-compatible (RFC 4291 §2.5.5.1).
    private static readonly IPNetwork[] s_carriers = [IPNetwork.Parse("64:ff9b::/96"), IPNetwork.Parse("64:ff9b:1::/96"), IPNetwork.Parse("::/96")];
    private static readonly IPNetwork s_sixToFour = IPNetwork.Parse("2002::/16");

    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !Array.Exists(s_reserved, network => network.Contains(plain)) && (Within(plain) is not { } carried || IsPublic(carried));
    }

    private static IPAddress? Within(IPAddress address)
    {
        if (s_sixToFour.Contains(address))
        {
            return new IPAddress(address.GetAddressBytes().AsSpan(2, 4));
        }

        return Array.Exists(s_carriers, network => network.Contains(address)) ? new IPAddress(address.GetAddressBytes().AsSpan(V4InV6, 4)) : null;
    }
}
