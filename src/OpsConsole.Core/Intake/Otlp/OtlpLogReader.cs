using System.Text.Json;
using Google.Protobuf;
using OpsConsole.Intake.CloudEvents;
using OpsConsole.Intake.Otlp.Wire;
using OpsConsole.Projection;
using OpsConsole.Sources;

namespace OpsConsole.Intake.Otlp;

/// <summary>Requests of logs (<c>ExportLogsServiceRequest</c> as protobuf or JSON) → log records. Those whose ids have a wrong length are kept aside; those without any are right.</summary>
public sealed class OtlpLogReader(TimeProvider clock) : IOtlpSignal
{
    public string Kind => FactKind.Logs;

    public Outcome<Delivery> Protobuf(ReadOnlyMemory<byte> body, Sender sender)
    {
        try
        {
            return Read(new OtlpLogsBody(ExportLogsServiceRequest.Parser.ParseFrom(body.Span), null), sender);
        }
        catch (InvalidProtocolBufferException failure)
        {
            return Refusal.Invalid("body", $"is not an ExportLogsServiceRequest: {failure.Message}");
        }
    }

    public Outcome<Delivery> Json(ReadOnlyMemory<byte> body, Sender sender)
    {
        try
        {
            return Read(new OtlpLogsJson(body).Read(), sender);
        }
        catch (JsonException failure)
        {
            return Refusal.Invalid("body", $"is not an ExportLogsServiceRequest in JSON: {failure.Message}");
        }
    }

    private Delivery Read(OtlpLogsBody body, Sender sender)
    {
        var receivedAt = EventTime.Microseconds(clock.GetUtcNow());
        using var maker = new LogMaker(sender, receivedAt);
        var readings = new List<Reading>();
        foreach (var resource in body.Request.ResourceLogs)
        {
            maker.Enter(resource.Resource);
            foreach (var scope in resource.ScopeLogs)
            {
                foreach (var record in scope.LogRecords)
                {
                    readings.Add(LogMaker.Fault(record) is { } fault
                        ? Reading.Of(readings.Count, Refuse(body, resource, scope, record, fault, sender, receivedAt), null, default)
                        : Reading.Of(readings.Count, maker.Make(scope.Scope, record)));
                }
            }
        }

        return new Delivery(sender, FactKind.Logs, readings, receivedAt);
    }

    /// <summary>Kept as a request of its own with nothing but this record, in the encoding that it came in, so that it can be taken in again.</summary>
    private static Quarantined Refuse(
        OtlpLogsBody body, ResourceLogs resource, ScopeLogs scope, LogRecord record, (string Reason, string Message) fault, Sender sender, DateTimeOffset receivedAt) =>
        Quarantine.Of(
            FactKind.Logs, sender, fault.Reason, fault.Message, body.IsJson ? OtlpReader.JsonType : OtlpReader.ProtobufType, body.Alone(resource, scope, record), receivedAt);
}
