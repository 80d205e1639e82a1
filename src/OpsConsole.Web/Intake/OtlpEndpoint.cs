using Microsoft.Net.Http.Headers;
using OpsConsole.Intake.Otlp;

namespace OpsConsole.Web.Intake;

/// <summary><c>POST /v1/traces</c> and <c>POST /v1/logs</c>: OTLP/HTTP, protobuf and JSON. Answers and errors come in the request's encoding.</summary>
internal static class OtlpEndpoint
{
    public static void MapOtlp(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/traces", (HttpContext context, OtlpReader spans) => Post(context, spans)).WithTags("Intake").WithSummary("Takes spans in (OTLP/HTTP)").AllowAnonymous().DisableAntiforgery();
        app.MapPost("/v1/logs", (HttpContext context, OtlpLogReader logs) => Post(context, logs)).WithTags("Intake").WithSummary("Takes log records in (OTLP/HTTP)").AllowAnonymous().DisableAntiforgery();
        app.MapOtlpGrpc();
    }

    private static async Task<IResult> Post(HttpContext context, IOtlpSignal signal)
    {
        var encoding = EncodingOf(context.Request);
        var json = encoding is not Encoding.Protobuf;
        var taken = await OtlpIntake.Take(context, signal, json, async (queue, limit) => encoding is null
            ? ReadBody.No(StatusCodes.Status415UnsupportedMediaType, $"Send {OtlpReader.ProtobufType} or {OtlpReader.JsonType}.")
            : await IntakeBody.Read(context, queue, limit));
        if (taken.Answer is { } answer)
        {
            return TypedResults.Bytes(answer, Type(json));
        }

        Enter.Advise(context, taken.Status);
        return new FileBytes(taken.Status, OtlpAnswer.Error(taken.Status, taken.Message, json), Type(json));
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
