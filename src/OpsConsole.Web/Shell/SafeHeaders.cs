using System.Security.Cryptography;

namespace OpsConsole.Web.Shell;

/// <summary>
/// What every answer tells the browser that it may do (OWASP ASVS 5.0 V3.4): scripts only of this console and with the answer's own nonce, no
/// frame around it, no guessing of types. Programs' answers may do nothing at all.
/// </summary>
internal static class SafeHeaders
{
    private const string ForPrograms = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";
    private const int NonceBytes = 16;
    private static readonly object s_nonce = new();

    /// <summary>The nonce that a script element in this answer must carry.</summary>
    public static string Nonce(this HttpContext http)
    {
        if (http.Items.TryGetValue(s_nonce, out var known))
        {
            return (string)known!;
        }

        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NonceBytes));
        http.Items[s_nonce] = nonce;
        return nonce;
    }

    /// <summary>Sets them before anything answers.</summary>
    public static void UseSafeHeaders(this WebApplication app) => app.Use((http, next) =>
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Pages.IsForPrograms(http.Request.Path) ? ForPrograms : ForPages(http.Nonce());
        headers.CacheControl = "no-store";              // files that browsers may keep say so themselves
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        if (http.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        }

        return next(http);
    });

    // Style attributes carry widths and places of bars and charts; style elements and foreign sheets are refused all the same.
    private static string ForPages(string nonce) =>
        $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
}
