using System.Security.Claims;

namespace OpsConsole.Web.Shell;

/// <summary>What a cookie says: which session. Who that is, whether it still holds, and their rights are read from the database at every request.</summary>
public static class ActorClaims
{
    private const string SessionClaim = "opsconsole.session";

    public static ClaimsPrincipal Of(Guid session, Guid person, string scheme) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, person.ToString()), new Claim(SessionClaim, session.ToString())], scheme));

    /// <summary>The id of the session, or nothing: nobody, or a program with a key.</summary>
    public static Guid? Session(ClaimsPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return principal.Identity?.IsAuthenticated is true && Guid.TryParse(principal.FindFirstValue(SessionClaim), out var id) ? id : null;
    }
}
