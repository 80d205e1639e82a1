using System.Text.Json;
using Google.Protobuf;
using Microsoft.Extensions.Options;
using OpsConsole.Intake.CloudEvents;
using OpsConsole.Intake.Otlp.Wire;
using OpsConsole.Projection;
using OpsConsole.Sources;

namespace OpsConsole.Intake.Otlp;

/// <summary>Bodies of OTLP/HTTP (<c>ExportTraceServiceRequest</c> as protobuf or JSON) → spans and the business objects they name. Spans without proper ids are kept aside.</summary>
public sealed class OtlpReader(IOptions<IntakeOptions> options, TimeProvider clock) : IOtlpSignal
{
    public const string ProtobufType = "application/x-protobuf";
    public const string JsonType = "application/json";

    private readonly BusinessKeys _keys = new(options.Value.Mappings);

    public string Kind => FactKind.Spans;

    /// <summary>The delivery's texts stand in the body.</summary>
    public Outcome<Delivery> Protobuf(ReadOnlyMemory<byte> body, Sender sender)
    {
        var receivedAt = EventTime.Microseconds(clock.GetUtcNow());
        var arena = new Arena();
        if (WireSpans.Read(body, sender, receivedAt, _keys, arena) is { } readings)
        {
            return new Delivery(sender, FactKind.Spans, readings, receivedAt, arena);
        }

        arena.Dispose();
        return Generated(body, sender, receivedAt);
    }

    public Outcome<Delivery> Json(ReadOnlyMemory<byte> body, Sender sender)
    {
        try
        {
            return Read(new OtlpJson(body).Read(), sender, EventTime.Microseconds(clock.GetUtcNow()));
        }
        catch (JsonException failure)
        {
            return Refusal.Invalid("body", $"is not an ExportTraceServiceRequest in JSON: {failure.Message}");
        }
    }

    /// <summary>By the generated classes, which have the last word on what a body says.</summary>
    internal Outcome<Delivery> Generated(ReadOnlyMemory<byte> body, Sender sender, DateTimeOffset receivedAt)
    {
        try
        {
            return Read(new OtlpBody(ExportTraceServiceRequest.Parser.ParseFrom(body.Span), null), sender, receivedAt);
        }
        catch (InvalidProtocolBufferException failure)
        {
            return Refusal.Invalid("body", $"is not an ExportTraceServiceRequest: {failure.Message}");
        }
    }

    private Delivery Read(OtlpBody body, Sender sender, DateTimeOffset receivedAt)
    {
        using var maker = new SpanMaker(sender, receivedAt, _keys);
        var readings = new List<Reading>();
        foreach (var resource in body.Request.ResourceSpans)
        {
            maker.Enter(resource.Resource);
            foreach (var scope in resource.ScopeSpans)
            {
                foreach (var span in scope.Spans)
                {
                    readings.Add(SpanMaker.Fault(span) is { } fault
                        ? Reading.Of(readings.Count, Refuse(body, resource, scope, span, fault, sender, receivedAt), null, default)
                        : maker.Make(readings.Count, scope.Scope, span));
                }
            }
        }

        return new Delivery(sender, FactKind.Spans, readings, receivedAt);
    }

    /// <summary>Kept as a request of its own with nothing but this span, in the encoding that it came in, so that it can be taken in again.</summary>
    private static Quarantined Refuse(
        OtlpBody body, ResourceSpans resource, ScopeSpans scope, Wire.Span span, (string Reason, string Message) fault, Sender sender, DateTimeOffset receivedAt) =>
        Quarantine.Of(FactKind.Spans, sender, fault.Reason, fault.Message, body.IsJson ? JsonType : ProtobufType, body.Alone(resource, scope, span), receivedAt);
}
