using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using OpsConsole.Intake;
using OpsConsole.Intake.Otlp;
using OpsConsole.Projection;
using OpsConsole.Sources;

namespace OpsConsole.Web.Intake;

/// <summary><c>POST /v1/traces</c>: OTLP/HTTP, protobuf and JSON. Answers and errors come in the request's encoding.</summary>
internal static class OtlpEndpoint
{
    public static void MapOtlp(this IEndpointRouteBuilder app) =>
        app.MapPost("/v1/traces", Post).WithTags("Intake").WithSummary("Takes spans in (OTLP/HTTP)").AllowAnonymous().DisableAntiforgery();

    private static async Task<IResult> Post(HttpContext context, OtlpReader reader, IntakeQueue queue, IOptions<IntakeOptions> options)
    {
        var encoding = EncodingOf(context.Request);
        var json = encoding is not Encoding.Protobuf;
        if (await Enter.Check(context, KeyScopes.Traces) is { } kept)
        {
            return Error(context, kept.Status, kept.Message, json);
        }

        if (encoding is null)
        {
            return Error(context, StatusCodes.Status415UnsupportedMediaType, $"Send {OtlpReader.ProtobufType} or {OtlpReader.JsonType}.", json);
        }

        var read = await IntakeBody.Read(context, queue, options.Value.MaxBodyBytes);
        if (read.Body is null)
        {
            return Error(context, read.Status, read.Message, json);
        }

        using var body = read.Body;
        using var here = queue.Arrived(FactKind.Spans);
        var sender = context.FindSender()!;
        var delivery = json ? reader.Json(body.Memory, sender) : reader.Protobuf(body.Memory, sender);
        if (delivery.Refusal is { } malformed)
        {
            return Error(context, StatusCodes.Status400BadRequest, malformed.Message, json);
        }

        using var delivered = delivery.Value!;
        return delivered.Readings.Count == 0 || await queue.Settle(delivered)
            ? TypedResults.Bytes(OtlpAnswer.Of(delivered, json), Type(json))
            : Error(context, StatusCodes.Status503ServiceUnavailable, "The database does not take anything now. Send it again.", json);
    }

    private static FileBytes Error(HttpContext context, int status, string message, bool json)
    {
        Enter.Advise(context, status);
        return new FileBytes(status, OtlpAnswer.Error(status, message, json), Type(json));
    }

    private static string Type(bool json) => json ? OtlpReader.JsonType : OtlpReader.ProtobufType;

    private static Encoding? EncodingOf(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return null;
        }

        return type.MediaType.Equals(OtlpReader.ProtobufType, StringComparison.OrdinalIgnoreCase) ? Encoding.Protobuf
            : type.MediaType.Equals(OtlpReader.JsonType, StringComparison.OrdinalIgnoreCase) ? Encoding.Json
            : null;
    }

    private enum Encoding
    {
        Protobuf,
        Json,
    }

    /// <summary>Bytes under a status other than 200.</summary>
    private sealed record FileBytes(int Status, byte[] Bytes, string Type) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = Status;
            httpContext.Response.ContentType = Type;
            httpContext.Response.ContentLength = Bytes.Length;
            return httpContext.Response.Body.WriteAsync(Bytes, httpContext.RequestAborted).AsTask();
        }
    }
}
