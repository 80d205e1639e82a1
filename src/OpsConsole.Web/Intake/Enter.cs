using System.Data.Common;
using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using OpsConsole.Intake;
using OpsConsole.Projection;
using OpsConsole.Sources;

namespace OpsConsole.Web.Intake;

/// <summary>
/// The door of intake: only keys, only those with the scope, and only while the source's lane has room. It is looked at before a byte of the
/// body is read, and whoever is turned away is counted.
/// </summary>
internal static class Enter
{
    private static readonly object s_tooOften = new();

    /// <param name="context">The request.</param>
    /// <param name="scope">What the key must be good for.</param>
    /// <param name="kind">What comes in: a <see cref="FactKind"/>.</param>
    /// <returns>Nothing when the sender may, else what to answer.</returns>
    public static async Task<Kept?> Check(HttpContext context, KeyScopes scope, string kind)
    {
        try
        {
            var recognised = await context.AuthenticateAsync(ApiKeys.Scheme);
            return recognised.Succeeded && context.FindSender() is { } sender
                ? sender.May(scope) ? TooOften(context, sender) ?? HasRoom(context, sender, kind) : new Kept(StatusCodes.Status403Forbidden, $"The key of {sender.Name} lacks the scope {scope.ToString().ToLowerInvariant()}.")
                : recognised.Failure is ForeignAddressException foreign ? new Kept(StatusCodes.Status403Forbidden, foreign.Message)
                : new Kept(StatusCodes.Status401Unauthorized, $"Send a living key as \"Authorization: Bearer <key>\" or \"{ApiKeys.Header}: <key>\".");
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException or TimeoutException)
        {
            return new Kept(StatusCodes.Status503ServiceUnavailable, "The database does not answer, so that the key cannot be checked. Come again shortly.");
        }
    }

    /// <summary>Nothing while the sender keeps to its pace, which this counts for; else that it is to come again.</summary>
    public static Kept? TooOften(HttpContext context, Sender sender)
    {
        if (context.RequestServices.GetRequiredService<SourceRates>().Take(sender))
        {
            return null;
        }

        context.Items[s_tooOften] = true;
        return new Kept(StatusCodes.Status429TooManyRequests, $"{sender.Name} may ask {sender.RequestsPerSecond} times a second. Come again when Retry-After says, or send more in each request.");
    }

    /// <summary>Nothing while the sender's lane may add a body of that size, else that it is to come again.</summary>
    public static Kept? HasRoom(HttpContext context, Sender sender, string kind = FactKind.Events)
    {
        var queue = context.RequestServices.GetRequiredService<IntakeQueue>();
        if (!queue.Budget.HasRoom(sender.Lane, context.Request.ContentLength ?? 0))
        {
            return new Kept(StatusCodes.Status429TooManyRequests, $"More is waiting to be stored than sources of the {Word(sender.Lane)} lane may add to. Come again when Retry-After says.");
        }

        var pace = context.RequestServices.GetRequiredService<FoldPaces>().Of(kind);
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        return pace.Waits(sender.Lane) && queue.Oldest(kind, sender.Lane) is { } oldest && now - oldest > FoldPace.LongestWait
            ? new Kept(StatusCodes.Status429TooManyRequests, $"More {kind} are stored than can be folded soon, so that sources of the {Word(sender.Lane)} lane wait. Come again when Retry-After says.")
            : null;
    }

    /// <summary>What belongs to a refusal: when to come again, or which key is wanted. A sender that is known is counted as turned away.</summary>
    public static void Advise(HttpContext context, int status)
    {
        var sender = context.FindSender();
        if (status is StatusCodes.Status429TooManyRequests)
        {
            var wait = context.Items.ContainsKey(s_tooOften) ? 1 : context.RequestServices.GetRequiredService<IntakeQueue>().Budget.SecondsUntilRoom(sender?.Lane ?? Lane.Normal);
            context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        }
        else if (status is StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "3";
        }
        else if (status is StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        if (sender is not null && (context.Items.ContainsKey(s_tooOften) ? DoorReason.Rate : ReasonOf(status)) is { } reason)
        {
            context.RequestServices.GetRequiredService<DoorLog>().Refused(sender.SourceId, reason);
        }
    }

    private static string? ReasonOf(int status) => status switch
    {
        StatusCodes.Status429TooManyRequests => DoorReason.Full,
        StatusCodes.Status413PayloadTooLarge => DoorReason.TooLarge,
        StatusCodes.Status403Forbidden => DoorReason.Scope,
        StatusCodes.Status400BadRequest => DoorReason.Malformed,
        _ => null,
    };

    private static string Word(Lane lane) => lane.ToString().ToLowerInvariant();

    internal sealed record Kept(int Status, string Message);
}
