using Microsoft.AspNetCore.Http.Features;
using OpsConsole.Web.Intake;

namespace OpsConsole.Web.Shell;

/// <summary>
/// Whose page asks. A browser says it with every WebSocket and every change, and sends the cookie whoever asks; so what another site's page
/// asks for is refused here (ASVS 5.0 3.5.1, 4.4.2). A program's key is never sent by a browser of itself: with one the origin does not matter.
/// </summary>
internal static class Origins
{
    private static readonly string[] s_live = ["/_blazor", "/hubs"];

    public static void UseOrigins(this WebApplication app) => app.Use((http, next) =>
    {
        if (!IsLive(http) && IsSafe(http.Request.Method))
        {
            return next(http);
        }

        if (ApiKeys.Brought(http.Request) || Pages.IsOfIntake(http.Request.Path) || IsOurs(http))
        {
            return next(http);
        }

        http.RequestServices.GetRequiredService<ILogger<Program>>().ForeignOrigin(http.Request.Path, http.Request.Headers.Origin.ToString(), http.Connection.RemoteIpAddress?.ToString());
        return TypedResults.Problem(
            "This was asked for by a page of another site, or by a program without a key.", statusCode: StatusCodes.Status403Forbidden, title: "foreign-origin").ExecuteAsync(http);
    });

    /// <summary>True for the request that opens a WebSocket, over HTTP/1.1 or later.</summary>
    public static bool IsSocket(HttpContext http) =>
        http.Request.Headers.Upgrade.ToString().Contains("websocket", StringComparison.OrdinalIgnoreCase)
        || http.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };

    private static bool IsLive(HttpContext http) => IsSocket(http) || Array.Exists(s_live, start => http.Request.Path.StartsWithSegments(start, StringComparison.Ordinal));

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool IsOurs(HttpContext http)
    {
        var request = http.Request;
        if (request.Headers.Origin is [{ Length: > 0 } origin])
        {
            return origin == $"{request.Scheme}://{request.Host}";
        }

        // Without an origin: no WebSocket of a browser is, and a change is only where the browser says itself that it is our own page.
        // A program that signed in with a cookie of its own tells neither; it is no page that somebody was lured to.
        return !IsSocket(http) && request.Headers["Sec-Fetch-Site"].ToString() is ("" or "same-origin" or "none");
    }
}
