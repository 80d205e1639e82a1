using OpsConsole.Web.Intake;

namespace OpsConsole.Web.Shell;

/// <summary>What surrounds every page: headers that keep it from being framed or fooled, and words where there is no page.</summary>
internal static class Pages
{
    private static readonly PathString[] s_forPrograms = ["/api", "/v1", "/hubs", "/openapi", "/metrics", "/livez", "/readyz", "/_blazor", "/_framework"];

    /// <summary>Error pages and safe headers for browsers; programs get bare codes and problem details.</summary>
    public static void UsePages(this WebApplication app)
    {
        app.Use(SafeHeaders);
        app.UseWhen(http => !IsForPrograms(http.Request.Path), pages =>
        {
            if (!app.Environment.IsDevelopment())
            {
                pages.UseExceptionHandler("/error", createScopeForErrors: true);
            }

            pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        });
    }

    public static bool IsForPrograms(PathString path) => 
        OtlpGrpc.Is(path) || Array.Exists(s_forPrograms, start => path.StartsWithSegments(start, StringComparison.Ordinal));

    private static Task SafeHeaders(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        if (http.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        return next(http);
    }
}
