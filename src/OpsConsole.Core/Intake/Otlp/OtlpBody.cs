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

        return AloneInJson.Of(Texts, ("resourceSpans", "scopeSpans", "spans"), resource.Resource, scope.Scope, span);
    }
}
