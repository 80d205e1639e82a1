using System.Data.Common;
using Microsoft.AspNetCore.Authentication;
using OpsConsole.Sources;

namespace OpsConsole.Web.Intake;

/// <summary>The door of intake: only keys, and only those with the scope. It is looked at before a byte of the body is read.</summary>
internal static class Enter
{
    /// <returns>Nothing when the sender may, else what to answer.</returns>
    public static async Task<Kept?> Check(HttpContext context, KeyScopes scope)
    {
        try
        {
            var recognised = await context.AuthenticateAsync(ApiKeys.Scheme);
            return recognised.Succeeded && context.FindSender() is { } sender
                ? sender.May(scope) ? null : new Kept(StatusCodes.Status403Forbidden, $"The key of {sender.Name} lacks the scope {scope.ToString().ToLowerInvariant()}.")
                : new Kept(StatusCodes.Status401Unauthorized, $"Send a living key as \"Authorization: Bearer <key>\" or \"{ApiKeys.Header}: <key>\".");
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException or TimeoutException)
        {
            return new Kept(StatusCodes.Status503ServiceUnavailable, "The database does not answer, so that the key cannot be checked. Come again shortly.");
        }
    }

    /// <summary>What belongs to a status: when to come again, or which key is wanted.</summary>
    public static void Advise(HttpContext context, int status)
    {
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = status is StatusCodes.Status429TooManyRequests ? "1" : "3";
        }
        else if (status is StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }
    }

    internal sealed record Kept(int Status, string Message);
}
