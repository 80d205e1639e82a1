namespace OpsConsole.Web.Access;

/// <summary>The cookies of sign-in, by name and kind: here and nowhere else.</summary>
internal static class AccessCookies
{
    /// <summary>Carries the session's id.</summary>
    public const string Session = "opsconsole";

    /// <summary>Says that accounts signed in on this device before.</summary>
    public const string Device = "opsconsole-device";

    /// <summary>Between password and code.</summary>
    public const string HalfWay = "opsconsole-halfway";

    /// <summary>What WebAuthn asked, until it is answered.</summary>
    public const string Passkey = "opsconsole-passkey";

    /// <summary>What the company's provider said, until it is looked at.</summary>
    public const string External = "opsconsole-external";

    /// <summary>Not for scripts, not for other sites; over plain HTTP on this machine only.</summary>
    public static CookieBuilder Kind(string name) => new()
    {
        Name = name, HttpOnly = true, SameSite = SameSiteMode.Lax, SecurePolicy = CookieSecurePolicy.SameAsRequest, IsEssential = true, Path = "/",
    };

    public static void Give(HttpContext http, string name, string value, TimeSpan life) =>
        http.Response.Cookies.Append(name, value, Options(http, name, life));

    public static void Take(HttpContext http, string name) => http.Response.Cookies.Delete(name, Options(http, name, null));

    private static CookieOptions Options(HttpContext http, string name, TimeSpan? life)
    {
        var options = Kind(name).Build(http);
        options.MaxAge = life;
        return options;
    }
}
