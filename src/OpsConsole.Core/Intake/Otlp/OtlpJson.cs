using System.Text.Json;
using OpsConsole.Intake.Otlp.Wire;

namespace OpsConsole.Intake.Otlp;

/// <summary>
/// OTLP/JSON, which is protobuf's JSON but for ids in hex: <c>{"resourceSpans": [{"resource": {"attributes": […]}, "scopeSpans": [{"scope": {…},
/// "spans": [{"traceId": "5b8e…", "startTimeUnixNano": "1544712660000000000", "kind": 2, …}]}]}]}</c>. Unknown fields are ignored; enums come as
/// numbers or names, 64-bit integers as strings or numbers.
/// </summary>
internal sealed class OtlpJson(ReadOnlyMemory<byte> body) : OtlpJsonParts(body)
{
    /// <exception cref="JsonException">It is not JSON, or a known field has another shape than it must have.</exception>
    public OtlpBody Read() => new(Read(new ExportTraceServiceRequest(), Request), Texts);

    private void Request(string name, ref Utf8JsonReader reader, ExportTraceServiceRequest into)
    {
        if (name is "resourceSpans")
        {
            Each(ref reader, into.ResourceSpans, ResourceSpans);
        }
        else
        {
            reader.Skip();
        }
    }

    private void ResourceSpans(string name, ref Utf8JsonReader reader, ResourceSpans into)
    {
        switch (name)
        {
            case "resource": into.Resource = One(ref reader, new Resource(), Resource); break;
            case "scopeSpans": Each(ref reader, into.ScopeSpans, ScopeSpans); break;
            default: reader.Skip(); break;
        }
    }

    private void ScopeSpans(string name, ref Utf8JsonReader reader, ScopeSpans into)
    {
        switch (name)
        {
            case "scope": into.Scope = One(ref reader, new InstrumentationScope(), Scope); break;
            case "spans": Each(ref reader, into.Spans, Span); break;
            default: reader.Skip(); break;
        }
    }

    private void Span(string name, ref Utf8JsonReader reader, Span into)
    {
        switch (name)
        {
            case "traceId": into.TraceId = Hex(ref reader); break;
            case "spanId": into.SpanId = Hex(ref reader); break;
            case "parentSpanId": into.ParentSpanId = Hex(ref reader); break;
            case "name": into.Name = Text(ref reader); break;
            case "kind": into.Kind = Number<Span.Types.SpanKind>(ref reader, "SPAN_KIND_"); break;
            case "startTimeUnixNano": into.StartTimeUnixNano = Nanos(ref reader); break;
            case "endTimeUnixNano": into.EndTimeUnixNano = Nanos(ref reader); break;
            case "events": Each(ref reader, into.Events, Event); break;
            case "links": Each(ref reader, into.Links, Link); break;
            case "status": into.Status = One(ref reader, new Status(), Status); break;
            default: Attributes(name, "attributes", ref reader, into.Attributes); break;
        }
    }

    private void Event(string name, ref Utf8JsonReader reader, Span.Types.Event into)
    {
        switch (name)
        {
            case "timeUnixNano": into.TimeUnixNano = Nanos(ref reader); break;
            case "name": into.Name = Text(ref reader); break;
            default: Attributes(name, "attributes", ref reader, into.Attributes); break;
        }
    }

    private void Link(string name, ref Utf8JsonReader reader, Span.Types.Link into)
    {
        switch (name)
        {
            case "traceId": into.TraceId = Hex(ref reader); break;
            case "spanId": into.SpanId = Hex(ref reader); break;
            default: Attributes(name, "attributes", ref reader, into.Attributes); break;
        }
    }

    private static void Status(string name, ref Utf8JsonReader reader, Status into)
    {
        switch (name)
        {
            case "code": into.Code = Number<Status.Types.StatusCode>(ref reader, "STATUS_CODE_"); break;
            case "message": into.Message = Text(ref reader); break;
            default: reader.Skip(); break;
        }
    }
}
