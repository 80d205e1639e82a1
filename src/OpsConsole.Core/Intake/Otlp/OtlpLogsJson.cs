using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using OpsConsole.Intake.Otlp.Wire;

namespace OpsConsole.Intake.Otlp;

/// <summary>
/// Logs in OTLP/JSON: <c>{"resourceLogs": [{"resource": {"attributes": […]}, "scopeLogs": [{"scope": {…}, "logRecords": [{"timeUnixNano":
/// "1544712660300000000", "severityNumber": 17, "body": {"stringValue": "…"}, "traceId": "5b8e…", "spanId": "eee1…"}]}]}]}</c>.
/// </summary>
internal sealed class OtlpLogsJson(ReadOnlyMemory<byte> body) : OtlpJsonParts(body)
{
    private static readonly ByteString s_unreadable = ByteString.CopyFrom(0);

    /// <exception cref="JsonException">It is not JSON, or a known field has another shape than it must have.</exception>
    public OtlpLogsBody Read() => new(Read(new ExportLogsServiceRequest(), Request), Texts);

    private void Request(string name, ref Utf8JsonReader reader, ExportLogsServiceRequest into)
    {
        if (name is "resourceLogs")
        {
            Each(ref reader, into.ResourceLogs, ResourceLogs);
        }
        else
        {
            reader.Skip();
        }
    }

    private void ResourceLogs(string name, ref Utf8JsonReader reader, ResourceLogs into)
    {
        switch (name)
        {
            case "resource": into.Resource = One(ref reader, new Resource(), Resource); break;
            case "scopeLogs": Each(ref reader, into.ScopeLogs, ScopeLogs); break;
            default: reader.Skip(); break;
        }
    }

    private void ScopeLogs(string name, ref Utf8JsonReader reader, ScopeLogs into)
    {
        switch (name)
        {
            case "scope": into.Scope = One(ref reader, new InstrumentationScope(), Scope); break;
            case "logRecords": Each(ref reader, into.LogRecords, Record); break;
            default: reader.Skip(); break;
        }
    }

    private void Record(string name, ref Utf8JsonReader reader, LogRecord into)
    {
        switch (name)
        {
            case "timeUnixNano": into.TimeUnixNano = Nanos(ref reader); break;
            case "observedTimeUnixNano": into.ObservedTimeUnixNano = Nanos(ref reader); break;
            case "severityNumber": into.SeverityNumber = Severity(ref reader); break;
            case "severityText": into.SeverityText = Text(ref reader); break;
            case "body": into.Body = One(ref reader, new AnyValue(), Value); break;
            case "droppedAttributesCount": into.DroppedAttributesCount = (uint)Math.Min(Nanos(ref reader), int.MaxValue); break;
            case "traceId": into.TraceId = Id(ref reader); break;
            case "spanId": into.SpanId = Id(ref reader); break;
            case "eventName": into.EventName = Text(ref reader); break;
            default: Attributes(name, "attributes", ref reader, into.Attributes); break;
        }
    }

    /// <summary>Absent means no trace. What is there but no hex is no id of any length, and refused with its record.</summary>
    private static ByteString Id(ref Utf8JsonReader reader)
    {
        var id = Hex(ref reader);
        return id.IsEmpty && Text(ref reader).Length > 0 ? s_unreadable : id;
    }

    /// <summary>Only numbers are allowed; a name says nothing.</summary>
    private static int Severity(ref Utf8JsonReader reader) =>
        int.TryParse(Digits(ref reader), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
