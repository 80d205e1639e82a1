using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using OpsConsole.Intake;
using OpsConsole.Intake.CloudEvents;
using OpsConsole.Projection;
using OpsConsole.Sources;

namespace OpsConsole.Web.Intake;

/// <summary><c>POST /v1/events</c>: CloudEvents 1.0 in binary, structured and batched mode. Answered after the commit.</summary>
internal static class EventsEndpoint
{
    private const string SpecVersion = "ce-specversion";

    public static void MapEvents(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/events", Post).WithTags("Intake").WithSummary("Takes CloudEvents in").AllowAnonymous().DisableAntiforgery();
        app.MapMethods("/v1/events", [HttpMethods.Options], Handshake).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> Post(HttpContext context, CloudEventReader reader, IntakeQueue queue, IOptions<IntakeOptions> options)
    {
        if (await Enter.Check(context, KeyScopes.Events, FactKind.Events) is { } kept)
        {
            return Problem(context, kept.Status, kept.Message);
        }

        if (ModeOf(context.Request) is not { } mode)
        {
            return Problem(
                context, StatusCodes.Status415UnsupportedMediaType,
                $"Send {CloudEventReader.StructuredType}, {CloudEventReader.BatchType}, or an event in binary mode with {SpecVersion} and the other ce- headers.");
        }

        var read = await IntakeBody.Read(context, queue, options.Value.MaxBodyBytes);
        if (read.Body is null)
        {
            return Problem(context, read.Status, read.Message);
        }

        using var body = read.Body;
        using var here = queue.Arrived(FactKind.Events);
        var delivery = Read(context, reader, mode, body.Memory);
        if (delivery.Refusal is { } malformed)
        {
            return Problem(context, StatusCodes.Status400BadRequest, malformed.Message);
        }

        return await queue.Settle(delivery.Value!)
            ? TypedResults.Json(EventsAnswer.Of(delivery.Value!), statusCode: StatusCodes.Status202Accepted)
            : Problem(context, StatusCodes.Status503ServiceUnavailable, "The database does not take anything now. Nothing of this body is promised; send it again.");
    }

    private static Outcome<Delivery> Read(HttpContext context, CloudEventReader reader, Mode mode, ReadOnlyMemory<byte> body)
    {
        var sender = context.FindSender()!;
        return mode switch
        {
            Mode.Batch => reader.Batch(body, sender),
            Mode.Structured => reader.Structured(body, sender),
            _ => reader.Binary(
                [.. context.Request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()))], context.Request.ContentType, body, sender),
        };
    }

    /// <summary>The web-hook validation of CloudEvents: a sender asks whether it may, and how fast.</summary>
    private static IResult Handshake(HttpContext context)
    {
        context.Response.Headers.Allow = "POST, OPTIONS";
        if (context.Request.Headers["WebHook-Request-Origin"] is [{ Length: > 0 } origin, ..])
        {
            context.Response.Headers["WebHook-Allowed-Origin"] = origin;
            context.Response.Headers["WebHook-Allowed-Rate"] = "*";
        }

        return TypedResults.Ok();
    }

    private static Mode? ModeOf(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return request.Headers.ContainsKey(SpecVersion) ? Mode.Binary : null;
        }

        var utf8 = !type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase);
        return type.MediaType.Value?.ToUpperInvariant() switch
        {
            "APPLICATION/CLOUDEVENTS-BATCH+JSON" when utf8 => Mode.Batch,
            "APPLICATION/CLOUDEVENTS+JSON" when utf8 => Mode.Structured,
            { } other when other.StartsWith("APPLICATION/CLOUDEVENTS", StringComparison.Ordinal) => null,
            _ => request.Headers.ContainsKey(SpecVersion) ? Mode.Binary : null,
        };
    }

    private static IResult Problem(HttpContext context, int status, string message)
    {
        Enter.Advise(context, status);
        return TypedResults.Problem(message, statusCode: status);
    }

    private enum Mode
    {
        Binary,
        Structured,
        Batch,
    }
}
