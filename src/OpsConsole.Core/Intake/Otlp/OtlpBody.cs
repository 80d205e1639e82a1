using Google.Protobuf;
using OpsConsole.Intake.Otlp.Wire;

namespace OpsConsole.Intake.Otlp;

/// <summary>A request and, where it came as JSON, the text of each of its parts.</summary>
internal sealed record OtlpBody(ExportTraceServiceRequest Request, IReadOnlyDictionary<object, ReadOnlyMemory<byte>>? Texts)
{
    public bool IsJson => Texts is not null;

    /// <summary>A request with this one span, its resource and its scope.</summary>
    public byte[] Alone(ResourceSpans resource, ScopeSpans scope, Span span)
    {
        if (Texts is null)
        {
            var only = new ScopeSpans { Scope = scope.Scope, Spans = { span }, SchemaUrl = scope.SchemaUrl };
            return new ExportTraceServiceRequest { ResourceSpans = { new ResourceSpans { Resource = resource.Resource, ScopeSpans = { only }, SchemaUrl = resource.SchemaUrl } } }.ToByteArray();
        }

        using var json = new MemoryStream();
        json.Write("{\"resourceSpans\":[{"u8);
        Part(json, "\"resource\":"u8, resource.Resource);
        json.Write("\"scopeSpans\":[{"u8);
        Part(json, "\"scope\":"u8, scope.Scope);
        json.Write("\"spans\":["u8);
        json.Write(Texts[span].Span);
        json.Write("]}]}]}"u8);
        return json.ToArray();
    }

    private void Part(MemoryStream json, ReadOnlySpan<byte> name, object? part)
    {
        if (part is not null)
        {
            json.Write(name);
            json.Write(Texts![part].Span);
            json.WriteByte((byte)',');
        }
    }
}
