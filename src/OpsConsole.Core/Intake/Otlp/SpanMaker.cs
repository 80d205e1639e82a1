using Google.Protobuf;
using OpsConsole.Intake.Otlp.Wire;
using OpsConsole.Sources;
using OpsConsole.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Intake.Otlp;

/// <summary>Makes rows of spans. What all spans of a resource share is worked out once.</summary>
internal sealed class SpanMaker(Sender sender, DateTimeOffset receivedAt, IReadOnlyDictionary<string, string> mappings) : IDisposable
{
    private const int NanosPerTick = 100;

    private readonly BusinessKeys _keys = new(mappings);
    private readonly AttributeJson _json = new();
    private string _resource = "{}";
    private string _service = "unknown_service";
    private string? _unit;
    private List<(string Type, string Id)> _named = [];

    public void Dispose() => _json.Dispose();

    /// <summary>Why the span cannot be taken, or nothing: ids have their length and are not all zero.</summary>
    public static (string Reason, string Message)? Fault(Wire.Span span)
    {
        if (!IsId(span.TraceId, 16))
        {
            return ("trace-id-invalid", $"trace_id: must be 16 bytes, not all zero, has {span.TraceId.Length}");
        }

        return IsId(span.SpanId, 8) ? null : ("span-id-invalid", $"span_id: must be 8 bytes, not all zero, has {span.SpanId.Length}");
    }

    /// <summary>The spans that follow belong to this resource.</summary>
    public void Enter(Resource? resource)
    {
        var attributes = resource?.Attributes ?? [];
        _resource = _json.Of(attributes);
        _service = attributes.FirstOrDefault(a => a.Key is "service.name")?.Value?.StringValue is { Length: > 0 } name ? Kept(name, Columns.Identity) : "unknown_service";
        _named = [.. _keys.Named(attributes)];
        _unit = BusinessKeys.Unit(attributes);
    }

    public Reading Make(int index, InstrumentationScope? scope, Wire.Span span)
    {
        var failed = span.Status?.Code is Status.Types.StatusCode.Error
            || span.Attributes.Any(attribute => attribute.Key is "error.type")
            || span.Events.Any(one => one.Name is "exception");
        var start = Nanos(span.StartTimeUnixNano);
        var row = new Traces.Span
        {
            TraceId = span.TraceId.ToByteArray(),
            SpanId = span.SpanId.ToByteArray(),
            StartNanos = start,
            Day = DateOnly.FromDateTime(DateTime.UnixEpoch.AddTicks(start / NanosPerTick)),
            EndNanos = Nanos(span.EndTimeUnixNano),
            ParentSpanId = IsId(span.ParentSpanId, 8) ? span.ParentSpanId.ToByteArray() : null,
            Name = Kept(span.Name, Columns.Sentence),
            Kind = (short)span.Kind,
            Status = (short)(span.Status?.Code ?? Status.Types.StatusCode.Unset),
            StatusMessage = span.Status is { Message.Length: > 0 } status ? AttributeJson.Safe(status.Message) : null,
            Failed = failed,
            Service = _service,
            ScopeName = scope is { Name.Length: > 0 } ? Kept(scope.Name, Columns.Identity) : null,
            Attributes = _json.Of(span.Attributes),
            Resource = _resource,
            Events = _json.Of(span.Events),
            Links = _json.Of(span.Links),
            ReceivedAt = receivedAt,
            SenderId = sender.SourceId,
        };
        return Reading.Of(index, row, Keys(span, row));
    }

    private List<TraceKey> Keys(Wire.Span span, Traces.Span row)
    {
        var unit = Allowed(BusinessKeys.Unit(span.Attributes) ?? _unit);
        return [.. _keys.Named(span.Attributes).Concat(_named).Distinct().Select(named => new TraceKey
        {
            SpokenKey = Ids.OfObject(named.Type, named.Id), TraceId = row.TraceId, Type = named.Type, Id = named.Id, Unit = unit, Failed = row.Failed,
        })];
    }

    /// <summary>A key that speaks for some units speaks for no other; one alone is meant where none is said.</summary>
    private string? Allowed(string? unit) =>
        sender.Units.Count == 0 ? unit
        : unit is null ? sender.Units is [var only] ? only : null
        : sender.Units.Contains(unit) ? unit : null;

    private static string Kept(string text, int most) => Quarantine.Cut(AttributeJson.Safe(text), most);

    private static long Nanos(ulong nanos) => (long)Math.Min(nanos, long.MaxValue);

    private static bool IsId(ByteString id, int length) => id.Length == length && id.Span.IndexOfAnyExcept((byte)0) >= 0;
}
