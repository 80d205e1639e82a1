using OpsConsole.Web.Intake;

namespace OpsConsole.Web.Shell;

/// <summary>Which addresses are pages and which are for programs, and words where there is no page.</summary>
internal static class Pages
{
    private static readonly PathString[] s_forPrograms = ["/api", "/v1", "/hubs", "/openapi", "/metrics", "/livez", "/readyz", "/_blazor", "/_framework"];

    /// <summary>Error pages for browsers; programs get bare codes and problem details.</summary>
    public static void UsePages(this WebApplication app)
    {
        app.UseWhen(http => !IsForPrograms(http.Request.Path), pages =>
        {
            if (!app.Environment.IsDevelopment())
            {
                pages.UseExceptionHandler("/error", createScopeForErrors: true);
            }

            pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        });
    }

    /// <summary>What senders post to: known by a key or a signature, never by a cookie.</summary>
    public static bool IsOfIntake(PathString path) => OtlpGrpc.Is(path) || path.StartsWithSegments("/v1", StringComparison.Ordinal);

    /// <summary>What machines ask every few seconds: whether it lives, and its figures.</summary>
    public static bool IsOfHealth(PathString path) => path == "/livez" || path == "/readyz" || path == "/metrics";

    /// <summary>Where vendors post to, who are known by their signature only.</summary>
    public static bool IsHook(PathString path) => path.StartsWithSegments("/v1/hooks", StringComparison.Ordinal);

    public static bool IsForPrograms(PathString path) =>
        OtlpGrpc.Is(path) || Array.Exists(s_forPrograms, start => path.StartsWithSegments(start, StringComparison.Ordinal));
}
