using SetCookieHeaderValue = Microsoft.Net.Http.Headers.SetCookieHeaderValue;
using CookieHeaderValue = Microsoft.Net.Http.Headers.CookieHeaderValue;

namespace OpsConsole.Web.Shell;

/// <summary>
/// Over HTTPS every cookie of the console travels as <c>__Host-…</c> (RFC 6265bis §4.1.3.2): bound to this host, to the path / and to HTTPS, so
/// that no other host of the same domain can set one (ASVS 5.0 3.3.1, 3.3.3). One place renames all of them, the framework's and our own, so
/// that the same console can also be used on this machine over plain HTTP, where browsers refuse that prefix.
/// </summary>
internal static class HostCookies
{
    /// <summary>How the name of each cookie begins that counts for signing in or for a form.</summary>
    public const string Ours = "opsconsole";

    private const string Prefix = "__Host-";

    /// <summary>The cookie that a form's token belongs to; the one of signing in is named in <c>AccessSetup</c>.</summary>
    public static IServiceCollection AddFormCookie(this IServiceCollection services) => services.AddAntiforgery(options =>
    {
        options.Cookie.Name = $"{Ours}.form";
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.HttpOnly = true;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
    });

    public static void UseHostCookies(this WebApplication app) => app.Use((http, next) =>
    {
        if (http.Request.IsHttps)
        {
            Read(http.Request.Headers);
            http.Response.OnStarting(() => Write(http.Response.Headers));
        }

        return next(http);
    });

    // A cookie of ours that came without the prefix may be another host's: it is passed over.
    private static void Read(IHeaderDictionary headers)
    {
        if (headers.Cookie.Count == 0 || !CookieHeaderValue.TryParseList(headers.Cookie.OfType<string>().ToList(), out var cookies))
        {
            return;
        }

        headers.Cookie = string.Join("; ",
            from cookie in cookies
            let name = cookie.Name.ToString()
            where !name.StartsWith(Ours, StringComparison.Ordinal)
            select $"{(name.StartsWith(Prefix + Ours, StringComparison.Ordinal) ? name[Prefix.Length..] : name)}={cookie.Value}");
    }

    private static Task Write(IHeaderDictionary headers)
    {
        headers.SetCookie = headers.SetCookie.OfType<string>().Select(told => told.StartsWith(Ours, StringComparison.Ordinal) ? Bind(told) : told).ToArray();
        return Task.CompletedTask;
    }

    private static string Bind(string told)
    {
        var cookie = SetCookieHeaderValue.Parse(Prefix + told);
        (cookie.Path, cookie.Secure, cookie.Domain) = ("/", true, default);
        return cookie.ToString();
    }
}
