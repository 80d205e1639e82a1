using System.Net;

namespace OpsConsole.Access;

/// <summary>A company's identity provider: OAuth 2.0 authorization code with PKCE, and its user-info.</summary>
public sealed class ProviderSettings
{
    /// <summary>As people read it on the sign-in page; nothing: there is none.</summary>
    public string Name { get; init; } = "";

    public string AuthorizationEndpoint { get; init; } = "";

    public string TokenEndpoint { get; init; } = "";

    public string UserInfoEndpoint { get; init; } = "";

    public string ClientId { get; init; } = "";

    public string ClientSecret { get; init; } = "";

    /// <summary>Separated by blanks.</summary>
    public string Scope { get; init; } = "openid profile email groups";

    /// <summary>Who somebody is, for ever: never an address, which can be given to somebody else.</summary>
    public string SubjectClaim { get; init; } = "sub";

    public string EmailClaim { get; init; } = "email";

    public string NameClaim { get; init; } = "name";

    public string GroupsClaim { get; init; } = "groups";

    /// <summary>What each group gives. Who is in several has all of it; who is in none of them stays out.</summary>
    public IReadOnlyList<ProviderGroup> Groups { get; init; } = [];

    /// <summary>An account that is here already and has the same address becomes the provider's. Only where the provider vouches for addresses.</summary>
    public bool LinkByEmail { get; init; }

    public bool IsSet => Name.Length > 0;

    /// <summary>What these groups give together; nothing: no role.</summary>
    internal Grant? Map(IReadOnlyList<string> groups)
    {
        var mine = Groups.Where(group => groups.Contains(group.Name, StringComparer.Ordinal)).ToList();
        var grant = new Grant([.. mine.SelectMany(group => group.Roles).Distinct()], mine.Exists(group => group.AllUnits), [.. mine.SelectMany(group => group.Units).Distinct(StringComparer.Ordinal)]);
        return grant.Roles.Count == 0 ? null : grant with { Entities = [.. mine.SelectMany(group => group.Entities).Distinct(StringComparer.Ordinal)] };
    }

    /// <summary>What is wrong with it, a sentence each.</summary>
    internal IEnumerable<string> Faults()
    {
        if (!IsSet)
        {
            yield break;
        }

        foreach (var (name, value) in new[] { (nameof(AuthorizationEndpoint), AuthorizationEndpoint), (nameof(TokenEndpoint), TokenEndpoint), (nameof(UserInfoEndpoint), UserInfoEndpoint) })
        {
            if (!IsSafe(value))
            {
                yield return $"{SignInSettings.Section}:Provider:{name} must be an https address.";
            }
        }

        if (ClientId.Length == 0 || SubjectClaim.Length == 0)
        {
            yield return $"{SignInSettings.Section}:Provider:ClientId and SubjectClaim must not be empty.";
        }

        if (Groups.Count == 0 || Groups.Any(group => group.Name.Length == 0 || group.Roles.Count == 0))
        {
            yield return $"{SignInSettings.Section}:Provider:Groups must name a group at least, each with Name and Roles; nobody could sign in through the company.";
        }
    }

    // On this machine itself plain HTTP will do.
    private static bool IsSafe(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && (url.Host == "localhost" || (IPAddress.TryParse(url.Host, out var ip) && IPAddress.IsLoopback(ip)))));
}

/// <summary>What a group of the provider gives here.</summary>
public sealed class ProviderGroup
{
    public string Name { get; init; } = "";

    public IReadOnlyList<Role> Roles { get; init; } = [];

    public IReadOnlyList<string> Units { get; init; } = [];

    /// <summary>The legal entities to which it limits, in whatever units. Of several groups all that they name; one that names none lifts no other's limit.</summary>
    public IReadOnlyList<string> Entities { get; init; } = [];

    public bool AllUnits { get; init; }
}
