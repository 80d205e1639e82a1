using System.Security.Claims;
using OpsConsole.Access;

namespace OpsConsole.Web.Shell;

/// <summary>How an actor travels in a principal. A person's rights are not in it: they are read from the database at every request.</summary>
public static class ActorClaims
{
    /// <summary>As ASP.NET Core Identity writes it.</summary>
    public const string Stamp = "AspNet.Identity.SecurityStamp";

    private const string Unit = "ops:unit";
    private const string AllUnits = "ops:all-units";
    private const string KeyScope = "ops:key-scope";
    private const string ApiScope = "api";

    /// <summary>The principal of a program with an API key; what the scheme <see cref="Schemes.ApiKey"/> answers with.</summary>
    /// <param name="name">The source's name.</param>
    /// <param name="scopes">What the key is for: <c>api</c>, <c>events</c>, <c>traces</c>, <c>snapshots</c>.</param>
    /// <param name="units">The units it may speak for; nothing: all.</param>
    public static ClaimsPrincipal OfKey(string name, IEnumerable<string> scopes, IReadOnlyCollection<string>? units) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, $"key:{name}"),
            new Claim(ClaimTypes.Name, name),
            .. scopes.Select(scope => new Claim(KeyScope, scope)),
            .. units is null ? [new Claim(AllUnits, "true")] : units.Select(unit => new Claim(Unit, unit)),
        ],
        Schemes.ApiKey));

    /// <summary>True when the principal is a key that was given the scope.</summary>
    public static bool HasKeyScope(this ClaimsPrincipal principal, string scope) =>
        principal.HasClaim(KeyScope, scope);

    /// <summary>The actor behind a key's principal, or nothing when it is not one.</summary>
    public static Actor? Key(ClaimsPrincipal principal)
    {
        if (principal.Identity is not { AuthenticationType: Schemes.ApiKey } || principal.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id)
        {
            return null;
        }

        return new Actor(
            id,
            principal.FindFirstValue(ClaimTypes.Name) ?? id,
            ActorKind.Key,
            principal.HasKeyScope(ApiScope) ? Roles.OfApiKeys : [],
            principal.HasClaim(AllUnits, "true") ? Scope.All : Scope.Of(principal.FindAll(Unit).Select(claim => claim.Value)));
    }

    /// <summary>The signed-in person's id, or nothing.</summary>
    public static Guid? Person(ClaimsPrincipal principal) =>
        principal.Identity?.IsAuthenticated is true && Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;
}

/// <summary>The ways to say who one is.</summary>
public static class Schemes
{
    /// <summary>Chooses: a key where one is sent, else the cookie.</summary>
    public const string Any = "Console";

    /// <summary><c>Authorization: Bearer</c> or <c>X-Api-Key</c>.</summary>
    public const string ApiKey = "ApiKey";
}
