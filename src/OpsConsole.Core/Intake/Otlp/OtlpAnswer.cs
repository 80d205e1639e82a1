using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using OpsConsole.Intake.Otlp.Wire;
using OpsConsole.Projection;

namespace OpsConsole.Intake.Otlp;

/// <summary>The answers of OTLP in the encoding of the request.</summary>
public static class OtlpAnswer
{
    /// <summary><c>ExportTraceServiceResponse</c> or <c>ExportLogsServiceResponse</c>: <c>partial_success</c> is unset when everything was taken.</summary>
    public static byte[] Of(Delivery delivery, bool json)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var refused = delivery.Readings.Where(reading => reading.Refused is not null).ToList();
        if (refused.Count == 0)
        {
            return json ? "{}"u8.ToArray() : [];
        }

        var logs = delivery.Kind == FactKind.Logs;
        var message = $"{refused.Count} of {delivery.Readings.Count} {(logs ? "log records" : "spans")} are kept in quarantine. The first: {refused[0].Refused!.Message}";
        return json ? Json(logs, refused.Count, message)
            : logs ? new ExportLogsServiceResponse { PartialSuccess = new ExportLogsPartialSuccess { RejectedLogRecords = refused.Count, ErrorMessage = message } }.ToByteArray()
            : new ExportTraceServiceResponse { PartialSuccess = new ExportTracePartialSuccess { RejectedSpans = refused.Count, ErrorMessage = message } }.ToByteArray();
    }

    /// <summary><c>google.rpc.Status</c> with the code that stands for the HTTP status.</summary>
    public static byte[] Error(int status, string message, bool json)
    {
        var code = status switch
        {
            401 => 16,
            403 => 7,
            413 or 429 => 8,
            503 => 14,
            _ => 3,
        };
        return json
            ? JsonSerializer.SerializeToUtf8Bytes(new { code, message }, JsonSerializerOptions.Web)
            : new Rpc.Status { Code = code, Message = message }.ToByteArray();
    }

    /// <summary><c>google.rpc.Status</c> as gRPC carries it beside its code, with a <c>RetryInfo</c> where the sender is to come again.</summary>
    /// <param name="code">Of gRPC.</param>
    /// <param name="message">For whoever looks after the sender.</param>
    /// <param name="comeAgain">After how long; nothing: the same would be refused again.</param>
    public static byte[] Details(int code, string message, TimeSpan? comeAgain)
    {
        var status = new Rpc.Status { Code = code, Message = message };
        if (comeAgain is { } wait)
        {
            status.Details.Add(Any.Pack(new Rpc.RetryInfo { RetryDelay = Duration.FromTimeSpan(wait) }));
        }

        return status.ToByteArray();
    }

    // 64-bit integers are strings in protobuf's JSON.
    private static byte[] Json(bool logs, int refused, string message)
    {
        var partial = new Dictionary<string, string> { [logs ? "rejectedLogRecords" : "rejectedSpans"] = refused.ToString(CultureInfo.InvariantCulture), ["errorMessage"] = message };
        return JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["partialSuccess"] = partial }, JsonSerializerOptions.Web);
    }
}
