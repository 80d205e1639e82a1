using OpsConsole.Storage;

namespace OpsConsole.Web.Shell;

/// <summary><c>/livez</c>: the process answers. <c>/readyz</c>: it can take facts in and show them, and is not about to stop.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/livez", () => TypedResults.Text("alive")).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/readyz", Ready).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> Ready(OpsDb db, IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return NotReady("The console is stopping.");
        }

        try
        {
            return await db.Dialect.UnsafeSetting(db, cancellationToken) is { } fault ? NotReady(fault) : TypedResults.Text("ready");
        }
        catch (Exception failure) when (failure is System.Data.Common.DbException or InvalidOperationException or TimeoutException)
        {
            return NotReady("The database does not answer.");
        }
    }

    private static Microsoft.AspNetCore.Http.HttpResults.ContentHttpResult NotReady(string why) =>
        TypedResults.Text(why, statusCode: StatusCodes.Status503ServiceUnavailable);
}
