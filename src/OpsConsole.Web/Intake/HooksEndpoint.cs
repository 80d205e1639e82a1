using System.Data.Common;
using Microsoft.Extensions.Options;
using OpsConsole.Intake;
using OpsConsole.Intake.Hooks;
using OpsConsole.Sources;
using OpsConsole.Sources.Hooks;

namespace OpsConsole.Web.Intake;

/// <summary>
/// <c>POST /v1/hooks/{source}</c>: vendors' own web-hooks, known by their signature over the raw body, each vendor in its own way. What is asked
/// first costs least: the address, the headers, the time, then the body and its signature.
/// </summary>
internal static class HooksEndpoint
{
    // As much of a signature as tells two apart, and can not be sent again.
    private const int Beginning = 12;

    public static void MapHooks(this IEndpointRouteBuilder app) =>
        app.MapPost("/v1/hooks/{source}", Post).WithTags("Intake").WithSummary("Takes a vendor's web-hook in, signed as its source says").AllowAnonymous().DisableAntiforgery();

    private static async Task<IResult> Post(
        string source, HttpContext context, LiveKeys keys, ISecretBox box, HookReader reader, IntakeQueue queue, DoorLog door, IOptions<IntakeOptions> options, TimeProvider clock)
    {
        HookDoor? hook;
        try
        {
            hook = await keys.FindHook(source, context.RequestAborted);
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException or TimeoutException)
        {
            return Problem(context, StatusCodes.Status503ServiceUnavailable, "The database does not answer, so that the signature cannot be checked. Come again shortly.");
        }

        if (hook is null || hook.KeptSecrets.Count == 0)
        {
            if (hook is not null)
            {
                door.Refused(hook.Sender.SourceId, DoorReason.HookOff);
            }

            return Problem(context, StatusCodes.Status401Unauthorized, "No web-hooks are expected here: no source of this name has a web-hook secret.");
        }

        if (!hook.Sender.MayComeFrom(context.Connection.RemoteIpAddress))
        {
            door.Refused(hook.Sender.SourceId, DoorReason.Address);
            return Problem(context, StatusCodes.Status403Forbidden, $"Web-hooks of {source} may not come from {context.Connection.RemoteIpAddress}: the source names other addresses.");
        }

        if (context.RequestServices.GetRequiredService<HookStrangers>().Tires(context.Connection.RemoteIpAddress))
        {
            context.Response.Headers.RetryAfter = "1";
            return TypedResults.Problem("Too many web-hooks from this address were not believed. Come again when Retry-After says.", statusCode: StatusCodes.Status429TooManyRequests, title: "too-many");
        }

        string? Header(string name) => context.Request.Headers[name] is [{ } value] ? value : null;
        if (hook.Scheme.Read(Header) is not { } head)
        {
            return Unbelieved(context, hook, DoorReason.HookUnsigned, HookDoctor.OfHeaders(hook.Scheme, Header));
        }

        var now = clock.GetUtcNow();
        if (head.SentAt is { } sentAt && (now - sentAt).Duration() > options.Value.HookTolerance)
        {
            return Unbelieved(context, hook, DoorReason.HookTime, HookDoctor.OfTime(sentAt, now));
        }

        ApiKeys.SetSender(context, hook.Sender);
        return Enter.HasRoom(context, hook.Sender) is { } full
            ? Problem(context, full.Status, full.Message)
            : await Take(context, hook, head, [.. hook.KeptSecrets.Select(box.Unprotect)], reader, queue, options.Value);
    }

    private static async Task<IResult> Take(
        HttpContext context, HookDoor hook, HookHead headers, IReadOnlyList<string> secrets, HookReader reader, IntakeQueue queue, IntakeOptions options)
    {
        if (context.Request.Headers.ContentEncoding.Count > 0)
        {
            return Problem(context, StatusCodes.Status415UnsupportedMediaType, "Send the body as it was signed, without Content-Encoding.");
        }

        var read = await IntakeBody.Read(context, queue, Math.Min(options.MaxHookBytes, options.MaxBodyBytes));
        if (read.Body is null)
        {
            return Problem(context, read.Status, read.Message);
        }

        using var body = read.Body;
        var head = hook.Scheme.Complete(headers, body.Memory);
        if (!hook.Scheme.IsRight(secrets, head, body.Memory.Span))
        {
            string? Header(string name) => context.Request.Headers[name] is [{ } value] ? value : null;
            var hint = HookDoctor.OfSignature(hook.Scheme, secrets, head, body.Memory, Header);
            return Unbelieved(context, hook, DoorReason.HookSignature, hint, failure => failure with
            {
                Told = Short(head.Signatures.Count == 0 ? "" : head.Signatures[0]), Expected = Short(hook.Scheme.Expected(secrets[0], head, body.Memory.Span)), BodyBytes = body.Memory.Length,
            });
        }

        if (Enter.TooOften(context, hook.Sender) is { } hasty)
        {
            return Problem(context, hasty.Status, hasty.Message);
        }

        var delivery = reader.Read(head, context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(), body.Memory, hook.Sender);
        if (delivery.Refusal is { } malformed)
        {
            return Problem(context, StatusCodes.Status400BadRequest, malformed.Message);
        }

        return await queue.Settle(delivery.Value!)
            ? TypedResults.Json(EventsAnswer.Of(delivery.Value!), statusCode: StatusCodes.Status202Accepted)
            : Problem(context, StatusCodes.Status503ServiceUnavailable, "The database does not take anything now. Nothing of this is promised; send it again.");
    }

    private static string Short(string signature) => signature.Length <= Beginning ? signature : signature[..Beginning] + "…";

    /// <summary>Who sends is not known: nothing is told but that it is not believed, and why; the source's page shows the same.</summary>
    private static IResult Unbelieved(HttpContext context, HookDoor hook, string reason, string hint, Func<HookFailure, HookFailure>? more = null)
    {
        var at = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var failure = new HookFailure
        {
            Id = Guid.CreateVersion7(at), SourceId = hook.Sender.SourceId, At = at, Reason = reason, Hint = hint, Address = context.Connection.RemoteIpAddress?.ToString() ?? "",
        };
        context.RequestServices.GetRequiredService<HookStrangers>().Note(context.Connection.RemoteIpAddress);
        context.RequestServices.GetRequiredService<DoorLog>().Refused(more?.Invoke(failure) ?? failure);
        return Problem(context, StatusCodes.Status401Unauthorized, Told(reason));
    }

    // Whoever guesses learns nothing of how it would be right: that stands on the source's page only.
    private static string Told(string reason) => reason switch
    {
        DoorReason.HookUnsigned => "The headers of the signature are missing or not readable. The source's page says which.",
        DoorReason.HookTime => "The time of the signature is too far from now; sign each attempt anew.",
        _ => "The signature is not right: another secret, or a body that was changed on its way. The source's page says more.",
    };

    private static IResult Problem(HttpContext context, int status, string message)
    {
        Enter.Advise(context, status);
        return TypedResults.Problem(message, statusCode: status);
    }
}
