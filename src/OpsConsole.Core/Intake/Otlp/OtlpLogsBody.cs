using Google.Protobuf;
using OpsConsole.Intake.Otlp.Wire;

namespace OpsConsole.Intake.Otlp;

/// <summary>A request of logs and, where it came as JSON, the text of each of its parts.</summary>
internal sealed record OtlpLogsBody(ExportLogsServiceRequest Request, IReadOnlyDictionary<object, ReadOnlyMemory<byte>>? Texts)
{
    public bool IsJson => Texts is not null;

    /// <summary>A request with this one record, its resource and its scope.</summary>
    public byte[] Alone(ResourceLogs resource, ScopeLogs scope, LogRecord record)
    {
        if (Texts is not null)
        {
            return AloneInJson.Of(Texts, ("resourceLogs", "scopeLogs", "logRecords"), resource.Resource, scope.Scope, record);
        }

        var only = new ScopeLogs { Scope = scope.Scope, LogRecords = { record }, SchemaUrl = scope.SchemaUrl };
        return new ExportLogsServiceRequest { ResourceLogs = { new ResourceLogs { Resource = resource.Resource, ScopeLogs = { only }, SchemaUrl = resource.SchemaUrl } } }.ToByteArray();
    }
}
