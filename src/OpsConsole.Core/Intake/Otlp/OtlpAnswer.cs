using System.Text.Json;
using Google.Protobuf;
using OpsConsole.Intake.Otlp.Wire;

namespace OpsConsole.Intake.Otlp;

/// <summary>The answers of OTLP/HTTP in the encoding of the request.</summary>
public static class OtlpAnswer
{
    /// <summary><c>ExportTraceServiceResponse</c>: <c>partial_success</c> is unset when every span was taken.</summary>
    public static byte[] Of(Delivery delivery, bool json)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var refused = delivery.Readings.Where(reading => reading.Refused is not null).ToList();
        var response = new ExportTraceServiceResponse();
        if (refused.Count > 0)
        {
            response.PartialSuccess = new ExportTracePartialSuccess
            {
                RejectedSpans = refused.Count,
                ErrorMessage = $"{refused.Count} of {delivery.Readings.Count} spans are kept in quarantine. The first: {refused[0].Refused!.Message}",
            };
        }

        return json ? JsonSerializer.SerializeToUtf8Bytes(Shape(response.PartialSuccess), JsonSerializerOptions.Web) : response.ToByteArray();
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

    // 64-bit integers are strings in protobuf's JSON.
    private static object Shape(ExportTracePartialSuccess? partial) => partial is null
        ? new { }
        : new { partialSuccess = new { rejectedSpans = partial.RejectedSpans.ToString(System.Globalization.CultureInfo.InvariantCulture), errorMessage = partial.ErrorMessage } };
}
