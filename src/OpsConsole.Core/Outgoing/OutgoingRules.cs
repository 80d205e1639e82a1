using System.Net;
using Microsoft.Extensions.Configuration;

namespace OpsConsole.Outgoing;

/// <summary>
/// Where the console itself may call: registered targets and web-hooks at public addresses over HTTPS, and whatever
/// <c>Outgoing:Allow</c> lists besides: hosts (<c>erp.internal</c>, <c>erp.internal:8443</c>), addresses and networks (<c>10.20.0.0/16</c>),
/// separated by commas. A target that the configuration itself names is listed by that (ASVS 5.0 1.3.6, 15.3.2).
/// </summary>
public sealed class OutgoingRules
{
    /// <summary>The setting.</summary>
    public const string Setting = "Outgoing:Allow";

    private readonly HashSet<string> _hosts;
    private readonly List<IPNetwork> _networks;

    /// <summary>Reads what is listed. What is no host and no network is told by <see cref="Faults"/> and counts as nothing here.</summary>
    public OutgoingRules(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var listed = Listed(configuration).ToLookup(entry => Networks.Parse(entry) is not null);
        _networks = [.. listed[true].Select(entry => Networks.Parse(entry)!.Value)];
        _hosts = new HashSet<string>(listed[false].Concat(Configured(configuration)), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>What is wrong with the setting, a sentence each.</summary>
    public static IEnumerable<string> Faults(IConfiguration configuration) =>
        from entry in Listed(configuration)
        where Networks.Parse(entry) is null && !IsHost(entry)
        select $"{Setting}: \"{entry}\" is neither a host like erp.internal or erp.internal:8443 nor an address or network like 10.20.0.0/16.";

    /// <summary>Why this address must not be called, as far as it can be told before its name is resolved; nothing when it may.</summary>
    public string? WhyNot(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var literal = IPAddress.TryParse(address.IdnHost.Trim('[', ']'), out var parsed) ? parsed : null;
        var listed = IsListed(address.IdnHost, address.Port) || (literal is not null && IsListed(literal));
        return address.Scheme is not ("http" or "https") ? "must be an https address"
            : listed ? null
            : address.Scheme is "http" ? $"must be an https address, because {address.IdnHost} is not listed in {Setting}"
            : literal is not null ? WhyNot(address.IdnHost, address.Port, literal)
            : null;
    }

    /// <summary>Why a name that was resolved to this address must not be called; nothing when it may.</summary>
    public string? WhyNot(string host, int port, IPAddress resolved)
    {
        ArgumentNullException.ThrowIfNull(resolved);
        return IsListed(host, port) || IsListed(resolved) || ReservedNetworks.IsPublic(resolved)
            ? null
            : $"{host} is the address {resolved}, which is not public and not listed in {Setting}";
    }

    private bool IsListed(string host, int port) => _hosts.Contains(host) || _hosts.Contains($"{host}:{port}");

    private bool IsListed(IPAddress address) => _networks.Hold(address);

    private static string[] Listed(IConfiguration configuration) =>
        configuration[Setting]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    // Whoever may set the environment may list a host too: naming it as a target says the same.
    private static IEnumerable<string> Configured(IConfiguration configuration) =>
        from target in configuration.GetSection("Targets").GetChildren()
        from address in new[] { target["Url"], target["ReadBackUrl"] }
        where Uri.TryCreate(address, UriKind.Absolute, out _)
        let uri = new Uri(address!)
        select $"{uri.IdnHost}:{uri.Port}";

    private static bool IsHost(string entry)
    {
        var parts = entry.Split(':');
        return parts.Length <= 2 && Uri.CheckHostName(parts[0]) is UriHostNameType.Dns && (parts.Length == 1 || ushort.TryParse(parts[1], out _));
    }
}
