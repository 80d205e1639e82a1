using Microsoft.Extensions.Options;
using OpsConsole.Intake;
using OpsConsole.Intake.Otlp;
using OpsConsole.Sources;

namespace OpsConsole.Web.Intake;

/// <summary>
/// The way of an OTLP request, whichever signal it is and whichever way it came: the key, the body, what it says, the commit. HTTP and gRPC differ
/// only in how they frame it and how they say no.
/// </summary>
internal static class OtlpIntake
{
    /// <param name="context">The request.</param>
    /// <param name="signal">What it carries.</param>
    /// <param name="json">In which encoding.</param>
    /// <param name="receive">Reads its body within a limit, or says why not.</param>
    public static async Task<Taken> Take(HttpContext context, IOtlpSignal signal, bool json, Func<IntakeQueue, long, Task<ReadBody>> receive)
    {
        if (await Enter.Check(context, KeyScopes.Traces, signal.Kind) is { } kept)
        {
            return Taken.No(kept.Status, kept.Message);
        }

        var queue = context.RequestServices.GetRequiredService<IntakeQueue>();
        var limit = context.RequestServices.GetRequiredService<IOptions<IntakeOptions>>().Value.MaxBodyBytes;
        var read = await receive(queue, limit);
        if (read.Body is null)
        {
            return Taken.No(read.Status, read.Message);
        }

        using var body = read.Body;
        using var here = queue.Arrived(signal.Kind);
        var sender = context.FindSender()!;
        var delivery = json ? signal.Json(body.Memory, sender) : signal.Protobuf(body.Memory, sender);
        if (delivery.Refusal is { } malformed)
        {
            return Taken.No(StatusCodes.Status400BadRequest, malformed.Message);
        }

        using var delivered = delivery.Value!;
        return delivered.Readings.Count == 0 || await queue.Settle(delivered)
            ? new Taken(OtlpAnswer.Of(delivered, json), StatusCodes.Status200OK, "")
            : Taken.No(StatusCodes.Status503ServiceUnavailable, "The database does not take anything now. Send it again.");
    }
}

/// <summary>The answer to a request that was taken in and committed; or why it was not, as the HTTP status that says so and a sentence.</summary>
internal readonly record struct Taken(byte[]? Answer, int Status, string Message)
{
    public static Taken No(int status, string message) => new(null, status, message);
}
