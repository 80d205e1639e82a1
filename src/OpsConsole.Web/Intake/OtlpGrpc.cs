using System.Buffers.Binary;
using System.Globalization;
using OpsConsole.Intake;
using OpsConsole.Intake.Otlp;

namespace OpsConsole.Web.Intake;

/// <summary>
/// OTLP/gRPC: the two unary calls of OTLP by hand, because no more of gRPC is needed. A message is a byte that says whether it is compressed, its
/// length in four bytes, big-endian, and itself; the outcome stands in the trailers, or in the headers where there is no message to send.
/// </summary>
internal static class OtlpGrpc
{
    private const string Traces = $"{Services}trace.v1.TraceService/Export";
    private const string Logs = $"{Services}logs.v1.LogsService/Export";
    private const string Services = "/opentelemetry.proto.collector.";
    private const string ContentType = "application/grpc";
    private const string Encoding = "grpc-encoding";
    private const string Identity = "identity";
    private const string Gzip = "gzip";
    private const int Prefix = 5;

    public static void MapOtlpGrpc(this IEndpointRouteBuilder app)
    {
        app.MapPost(Traces, (HttpContext context, OtlpReader spans) => Export(context, spans)).WithTags("Intake").WithSummary("Takes spans in (OTLP/gRPC)").AllowAnonymous().DisableAntiforgery();
        app.MapPost(Logs, (HttpContext context, OtlpLogReader logs) => Export(context, logs)).WithTags("Intake").WithSummary("Takes log records in (OTLP/gRPC)").AllowAnonymous().DisableAntiforgery();
    }

    /// <summary>Is it a call of OTLP's services, known or not?</summary>
    public static bool Is(PathString path) => path.Value?.StartsWith(Services, StringComparison.Ordinal) is true;

    private static async Task Export(HttpContext context, IOtlpSignal signal)
    {
        if (!HttpProtocol.IsHttp2(context.Request.Protocol))
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return;
        }

        if (context.Request.ContentType?.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase) is not true)
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        IntakeBody.CountOurselves(context);
        context.Response.ContentType = ContentType;
        context.Response.Headers["grpc-accept-encoding"] = $"{Identity},{Gzip}";
        var taken = await OtlpIntake.Take(context, signal, json: false, (queue, limit) => Receive(context, queue, limit));
        if (taken.Answer is { } answer)
        {
            await context.Response.Body.WriteAsync(Framed(answer), context.RequestAborted);
            context.Response.AppendTrailer("grpc-status", "0");
        }
        else
        {
            Refuse(context, taken);
        }
    }

    /// <summary>The only message of the call: what comes behind its prefix, to the end.</summary>
    private static async Task<ReadBody> Receive(HttpContext context, IntakeQueue queue, long limit)
    {
        var prefix = new byte[Prefix];
        if (await context.Request.Body.ReadAtLeastAsync(prefix, Prefix, throwOnEndOfStream: false, context.RequestAborted) < Prefix || prefix[0] > 1)
        {
            return ReadBody.No(StatusCodes.Status400BadRequest, "A message begins with a byte 0 or 1 and its length in four bytes.");
        }

        var zipped = prefix[0] == 1;
        if (zipped && context.Request.Headers[Encoding] != Gzip)
        {
            return ReadBody.No(StatusCodes.Status415UnsupportedMediaType, $"{Encoding} must be {Gzip} or {Identity}.");
        }

        long length = BinaryPrimitives.ReadUInt32BigEndian(prefix.AsSpan(1));
        var read = await IntakeBody.Read(context, queue, limit, zipped, length);
        if (zipped || read.Body is not { } body || body.Memory.Length == length)
        {
            return read;
        }

        body.Dispose();
        return ReadBody.No(StatusCodes.Status400BadRequest, $"One message of {length} bytes was announced; something else came.");
    }

    private static byte[] Framed(byte[] message)
    {
        var framed = new byte[Prefix + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), message.Length);
        message.CopyTo(framed, Prefix);
        return framed;
    }

    /// <summary>Without a message, so that everything stands in the headers.</summary>
    internal static void Refuse(HttpContext context, Taken taken)
    {
        Enter.Advise(context, taken.Status);
        var code = CodeOf(taken.Status);
        TimeSpan? comeAgain = int.TryParse(context.Response.Headers.RetryAfter.ToString(), CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
        var headers = context.Response.Headers;
        headers["grpc-status"] = code.ToString(CultureInfo.InvariantCulture);
        headers["grpc-message"] = Uri.EscapeDataString(taken.Message);
        headers["grpc-status-details-bin"] = Convert.ToBase64String(OtlpAnswer.Details(code, taken.Message, comeAgain));
    }

    /// <summary>UNAVAILABLE is tried again; RESOURCE_EXHAUSTED without a time to come again is not, and the others are not.</summary>
    private static int CodeOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => 3,                   // INVALID_ARGUMENT
        StatusCodes.Status401Unauthorized => 16,                // UNAUTHENTICATED
        StatusCodes.Status403Forbidden => 7,                    // PERMISSION_DENIED
        StatusCodes.Status413PayloadTooLarge => 8,              // RESOURCE_EXHAUSTED
        StatusCodes.Status415UnsupportedMediaType => 12,        // UNIMPLEMENTED
        _ => 14,                                                // UNAVAILABLE
    };
}
