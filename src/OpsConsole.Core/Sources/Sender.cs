using System.Collections.Frozen;
using System.Net;

namespace OpsConsole.Sources;

/// <summary>Who sends, as its key tells: the registered source and what it may do.</summary>
/// <param name="SourceId">The registered source.</param>
/// <param name="Name">Its name.</param>
/// <param name="Scopes">What the key may be used for.</param>
/// <param name="CloudEventSources">The CloudEvents <c>source</c> values that it may use; empty: any.</param>
/// <param name="Units">The business units that it may speak for; empty: any.</param>
public sealed record Sender(Guid SourceId, string Name, KeyScopes Scopes, FrozenSet<string> CloudEventSources, IReadOnlyList<string> Units)
{
    /// <summary>Who goes first when more comes than can be stored.</summary>
    public Lane Lane { get; init; } = Lane.Normal;

    /// <summary>Where it may come from; empty: anywhere.</summary>
    public IReadOnlyList<IPNetwork> Networks { get; init; } = [];

    /// <summary>How many requests a second one node takes of it; nothing: as many as there is room for.</summary>
    public int? RequestsPerSecond { get; init; }

    /// <summary>The key that it brought; nothing for a web-hook.</summary>
    public Guid? KeyId { get; init; }

    /// <param name="address">Of the caller; nothing where it has none, as over a socket of this machine.</param>
    public bool MayComeFrom(IPAddress? address) => Networks.Count == 0 || (address is not null && Networks.Hold(address));

    public bool May(KeyScopes scope) => (Scopes & scope) == scope;

    /// <summary>What the program behind the key may see and act in.</summary>
    public Scope Scope => Units.Count == 0 ? Scope.All : Scope.Of(Units);

    public static Sender Of(Source source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new Sender(source.Id, source.Name, source.Scopes, source.CloudEventSources.ToFrozenSet(StringComparer.Ordinal), source.Units) 
        {
            Lane = source.Priority, RequestsPerSecond = source.RequestsPerSecond, Networks = [.. source.Addresses.Select(Basics.Networks.Parse).OfType<IPNetwork>()],
        };
    }
}
