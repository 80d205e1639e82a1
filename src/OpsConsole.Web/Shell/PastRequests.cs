using OpsConsole.Storage.Past;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Shell;

/// <summary><c>?asof=2026-11-20T12:00:00Z</c> on what programs and spreadsheets read: the answer is what was known at that moment. Comes after authorization, which is a matter of the present.</summary>
internal static class PastRequests
{
    private const string File = ".csv";

    // Its own dates say of when, by what was set to be in force then.
    private static readonly PathString s_dated = "/api/v1/ownership";

    public static void UsePast(this WebApplication app) => app.Use(Answer);

    private static async Task Answer(HttpContext http, RequestDelegate next)
    {
        if (!http.Request.Query.ContainsKey(PastView.Key) || !HasPast(http.Request.Path))
        {
            await next(http);
            return;
        }

        if (Fault(http.Request) is { } fault)
        {
            await fault.ToProblem().ExecuteAsync(http);
            return;
        }

        var present = http.RequestServices;
        await using var scope = present.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        scope.LookAt(Address.Of(http.Request.Query).Moment(PastView.Key));
        http.RequestServices = scope.ServiceProvider;
        try
        {
            await next(http);
        }
        finally
        {
            http.RequestServices = present;
        }
    }

    private static bool HasPast(PathString path) =>
        (path.StartsWithSegments("/api", StringComparison.Ordinal) && !path.StartsWithSegments(s_dated, StringComparison.Ordinal)) || path.Value!.EndsWith(File, StringComparison.Ordinal);

    private static Refusal? Fault(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) ? Refusal.Conflict("past.only-read", "The past can be read, not changed. Leave asof away.")
        : Address.Of(request.Query).Moment(PastView.Key) is null ? Refusal.Invalid(PastView.Key, "must be a moment as 2026-11-20T12:00:00Z")
        : null;
}
