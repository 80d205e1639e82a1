using System.Text.Json;

namespace OpsConsole.Intake.CloudEvents;

/// <summary>The attributes of one event, in whichever mode they came, and where its data stands.</summary>
internal sealed class Envelope
{
    private Dictionary<string, string>? _others;

    public string? SpecVersion { get; private set; }

    public string? Id { get; private set; }

    public string? Source { get; private set; }

    public string? Type { get; private set; }

    public string? Subject { get; private set; }

    public string? Time { get; private set; }

    public string? DataContentType { get; set; }

    public string? TraceParent { get; private set; }

    public string? CorrelationId { get; private set; }

    public string? Sequence { get; private set; }

    /// <summary>When it was recorded on its way, for events that tell no time of their own.</summary>
    public string? RecordedTime => _others?.GetValueOrDefault("recordedtime");

    /// <summary>UTF-8 JSON as it came; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; private set; }

    /// <summary>The data's syntax was checked with its body's.</summary>
    public bool DataIsJson { get; private set; }

    /// <summary>The other attributes as a JSON object, or nothing.</summary>
    public string? Extensions => _others is null ? null : JsonSerializer.Serialize(_others);

    public void SetData(ReadOnlyMemory<byte> data, bool isJson) => (Data, DataIsJson) = (data, isJson);

    /// <summary>Sets an attribute. Names are lower case in every mode.</summary>
    public void Set(string name, string value)
    {
        switch (name)
        {
            case "specversion": SpecVersion = value; break;
            case "id": Id = value; break;
            case "source": Source = value; break;
            case "type": Type = value; break;
            case "subject": Subject = value; break;
            case "time": Time = value; break;
            case "datacontenttype": DataContentType = value; break;
            case "traceparent": TraceParent = value; break;
            case "correlationid": CorrelationId = value; break;
            case "sequence": Sequence = value; break;
            default: (_others ??= new Dictionary<string, string>(StringComparer.Ordinal))[name] = value; break;
        }
    }
}
