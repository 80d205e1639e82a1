using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.Options;
using OpsConsole.Intake;
using OpsConsole.Intake.Hooks;
using OpsConsole.Sources;

namespace OpsConsole.Web.Intake;

/// <summary>
/// <c>POST /v1/hooks/{source}</c>: vendors' own web-hooks, known by their signature over the raw body (Standard Webhooks). What is asked first
/// costs least: the headers, the time, then the body and its signature.
/// </summary>
internal static class HooksEndpoint
{
    private const string Id = "webhook-id";
    private const string Timestamp = "webhook-timestamp";
    private const string Signature = "webhook-signature";

    public static void MapHooks(this IEndpointRouteBuilder app) =>
        app.MapPost("/v1/hooks/{source}", Post).WithTags("Intake").WithSummary("Takes a vendor's web-hook in (Standard Webhooks)").AllowAnonymous().DisableAntiforgery();

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
            return Unknown(context, hook, door, DoorReason.HookOff, "No web-hooks are expected here: no source of this name has a web-hook secret.");
        }

        if (ReadHead(context.Request) is not { } head)
        {
            return Unknown(context, hook, door, DoorReason.HookUnsigned, $"Send {Id}, {Timestamp} (seconds since 1970) and {Signature}, as Standard Webhooks has it.");
        }

        if ((clock.GetUtcNow() - head.SentAt).Duration() > options.Value.HookTolerance)
        {
            return Unknown(context, hook, door, DoorReason.HookTime, $"{Timestamp} is too far from now; sign each attempt anew.");
        }

        ApiKeys.SetSender(context, hook.Sender);
        return Enter.HasRoom(context, hook.Sender) is { } full
            ? Problem(context, full.Status, full.Message)
            : await Take(context, hook, head, [.. hook.KeptSecrets.Select(box.Unprotect)], reader, queue, options.Value);
    }

    private static async Task<IResult> Take(
        HttpContext context, HookDoor hook, Head head, IReadOnlyList<string> secrets, HookReader reader, IntakeQueue queue, IntakeOptions options)
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
        if (!WebhookSignature.IsRight(secrets, head.Id, head.SentAt.ToUnixTimeSeconds(), body.Memory.Span, head.Signatures))
        {
            var door = context.RequestServices.GetRequiredService<DoorLog>();
            return Unknown(context, hook, door, DoorReason.HookSignature, "The signature is not right: another secret, or a body that was changed on its way.");
        }

        var delivery = reader.Read(head.Id, head.SentAt, body.Memory, hook.Sender);
        if (delivery.Refusal is { } malformed)
        {
            return Problem(context, StatusCodes.Status400BadRequest, malformed.Message);
        }

        return await queue.Settle(delivery.Value!)
            ? TypedResults.Json(EventsAnswer.Of(delivery.Value!), statusCode: StatusCodes.Status202Accepted)
            : Problem(context, StatusCodes.Status503ServiceUnavailable, "The database does not take anything now. Nothing of this is promised; send it again.");
    }

    private static Head? ReadHead(HttpRequest request) =>
        request.Headers[Id] is [{ Length: > 0 } id] && request.Headers[Signature] is [{ Length: > 0 } signatures]
        && long.TryParse(request.Headers[Timestamp].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_800
            ? new Head(id, DateTimeOffset.FromUnixTimeSeconds(seconds), signatures)
            : null;

    /// <summary>Who sends is not known: the source named in the address is told of it on its page.</summary>
    private static IResult Unknown(HttpContext context, HookDoor? hook, DoorLog door, string reason, string message)
    {
        if (hook is not null)
        {
            door.Refused(hook.Sender.SourceId, reason);
        }

        return Problem(context, StatusCodes.Status401Unauthorized, message);
    }

    private static IResult Problem(HttpContext context, int status, string message)
    {
        Enter.Advise(context, status);
        return TypedResults.Problem(message, statusCode: status);
    }

    private sealed record Head(string Id, DateTimeOffset SentAt, string Signatures);
}
