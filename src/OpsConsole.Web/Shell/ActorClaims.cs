using System.Security.Claims;

namespace OpsConsole.Web.Shell;

/// <summary>What a session says of a person: who, and when their password was last set. Rights are not in it; they are read from the database at every request.</summary>
public static class ActorClaims
{
    /// <summary>As ASP.NET Core Identity writes it.</summary>
    public const string Stamp = "AspNet.Identity.SecurityStamp";

    /// <summary>The signed-in person's id, or nothing: nobody, or a program with a key.</summary>
    public static Guid? Person(ClaimsPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return principal.Identity?.IsAuthenticated is true && Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;
    }
}
