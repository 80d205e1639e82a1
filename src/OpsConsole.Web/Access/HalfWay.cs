using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace OpsConsole.Web.Access;

/// <summary>Whose password was right a moment ago, sealed in a cookie of a few minutes, until their code comes. It is no session.</summary>
internal sealed class HalfWay(IDataProtectionProvider protection)
{
    private static readonly TimeSpan s_life = TimeSpan.FromMinutes(5);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("OpsConsole.HalfWay").ToTimeLimitedDataProtector();

    public void Begin(HttpContext http, Guid person, string email) =>
        AccessCookies.Give(http, AccessCookies.HalfWay, _protector.Protect($"{person} {email.Trim()}", s_life), s_life);

    public static void End(HttpContext http) => AccessCookies.Take(http, AccessCookies.HalfWay);

    public (Guid Person, string Email)? Find(HttpContext http)
    {
        try
        {
            return http.Request.Cookies[AccessCookies.HalfWay] is { Length: > 0 } cookie && _protector.Unprotect(cookie).Split(' ', 2) is [var id, var email]
                ? (Guid.Parse(id), email)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
