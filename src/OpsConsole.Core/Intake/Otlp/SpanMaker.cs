using System.Buffers.Binary;
using System.Text;
using Google.Protobuf;
using OpsConsole.Intake.Otlp.Wire;
using OpsConsole.Sources;
using OpsConsole.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Intake.Otlp;

/// <summary>Makes rows of the generated classes' spans. What all spans of a resource share is worked out once.</summary>
internal sealed class SpanMaker(Sender sender, DateTimeOffset receivedAt, BusinessKeys keys) : IDisposable
{
    private const int NanosPerTick = 100;
    private const string Unknown = "unknown_service";

    private readonly AttributeJson _json = new();
    private ReadOnlyMemory<byte> _resource = Utf8("{}");
    private ReadOnlyMemory<byte> _service = Utf8(Unknown);
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

    /// <summary>The objects that a span names, under the unit that it may speak for.</summary>
    public static IReadOnlyList<TraceKey> Keys(SpanRow row, IReadOnlyList<(string Type, string Id)> named, string? unit)
    {
        var trace = SpanRow.Bytes(row.TraceId);
        return [.. named.Select(one => new TraceKey
        {
            SpokenKey = Ids.OfObject(one.Type, one.Id), TraceId = trace, Type = one.Type, Id = one.Id, Unit = unit, Failed = row.Failed,
        })];
    }

    /// <summary>A key that speaks for some units speaks for no other; one alone is meant where none is said.</summary>
    public static string? Allowed(Sender sender, string? unit) =>
        sender.Units.Count == 0 ? unit
        : unit is null ? sender.Units is [var only] ? only : null
        : sender.Units.Contains(unit) ? unit : null;

    /// <summary>As much of the text as its column takes, in characters.</summary>
    public static ReadOnlyMemory<byte> Kept(ReadOnlyMemory<byte> text, int most) =>
        text.Length <= most ? text : Utf8(Quarantine.Cut(Encoding.UTF8.GetString(text.Span), most));

    /// <summary>The spans that follow belong to this resource.</summary>
    public void Enter(Resource? resource)
    {
        var attributes = resource?.Attributes ?? [];
        _resource = Utf8(_json.Of(attributes));
        _service = attributes.FirstOrDefault(a => a.Key is "service.name")?.Value?.StringValue is { Length: > 0 } name ? Kept(name, Columns.Identity) : Utf8(Unknown);
        _named = [.. keys.Named(attributes)];
        _unit = BusinessKeys.Unit(attributes);
    }

    public Reading Make(int index, InstrumentationScope? scope, Wire.Span span)
    {
        var failed = span.Status?.Code is Status.Types.StatusCode.Error
            || span.Attributes.Any(attribute => attribute.Key is "error.type")
            || span.Events.Any(one => one.Name is "exception");
        var start = Nanos(span.StartTimeUnixNano);
        var row = new SpanRow
        {
            TraceId = BinaryPrimitives.ReadUInt128BigEndian(span.TraceId.Span),
            SpanId = BinaryPrimitives.ReadUInt64BigEndian(span.SpanId.Span),
            StartNanos = start,
            Day = DateOnly.FromDateTime(DateTime.UnixEpoch.AddTicks(start / NanosPerTick)),
            EndNanos = Nanos(span.EndTimeUnixNano),
            ParentSpanId = IsId(span.ParentSpanId, 8) ? BinaryPrimitives.ReadUInt64BigEndian(span.ParentSpanId.Span) : null,
            Name = Kept(span.Name, Columns.Sentence),
            Kind = (short)span.Kind,
            Status = (short)(span.Status?.Code ?? Status.Types.StatusCode.Unset),
            StatusMessage = span.Status is { Message.Length: > 0 } status ? Utf8(AttributeJson.Safe(status.Message)) : SpanRow.NoText,
            Failed = failed,
            Service = _service,
            ScopeName = scope is { Name.Length: > 0 } ? Kept(scope.Name, Columns.Identity) : SpanRow.NoText,
            Attributes = Utf8(_json.Of(span.Attributes)),
            Resource = _resource,
            Events = Utf8OrNone(_json.Of(span.Events)),
            Links = Utf8OrNone(_json.Of(span.Links)),
            ReceivedAt = receivedAt,
            SenderId = sender.SourceId,
        };
        return Reading.Of(index, row, Keys(row, [.. keys.Named(span.Attributes).Concat(_named).Distinct()], Allowed(sender, BusinessKeys.Unit(span.Attributes) ?? _unit)));
    }

    private static ReadOnlyMemory<byte> Kept(string text, int most) => Utf8(Quarantine.Cut(AttributeJson.Safe(text), most));

    private static ReadOnlyMemory<byte> Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static ReadOnlyMemory<byte>? Utf8OrNone(string? text) => text is null ? SpanRow.NoText : Utf8(text);

    private static long Nanos(ulong nanos) => (long)Math.Min(nanos, long.MaxValue);

    private static bool IsId(ByteString id, int length) => id.Length == length && id.Span.IndexOfAnyExcept((byte)0) >= 0;
}
