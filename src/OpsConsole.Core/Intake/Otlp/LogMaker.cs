using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using OpsConsole.Intake.Otlp.Wire;
using OpsConsole.Sources;
using OpsConsole.Storage;

namespace OpsConsole.Intake.Otlp;

/// <summary>Makes rows of the generated classes' log records. What all records of a resource share is worked out once.</summary>
internal sealed class LogMaker(Sender sender, DateTimeOffset receivedAt) : IDisposable
{
    /// <summary>Characters of a body that are kept.</summary>
    public const int MostBody = 32 << 10;

    /// <summary>Characters of the JSON of a record's attributes that are kept, and as many of its resource's.</summary>
    public const int MostAttributes = 32 << 10;

    private const int NanosPerTick = 100;
    private const int MostSeverity = 24;
    private const string Unknown = "unknown_service";

    private readonly AttributeJson _json = new();
    private string _resource = "{}";
    private string _resourceSaid = "{}";
    private string _service = Unknown;

    public void Dispose() => _json.Dispose();

    /// <summary>Why the record cannot be taken, or nothing. Ids that are absent or all zero say that it belongs to no trace; of a wrong length they are a fault.</summary>
    public static (string Reason, string Message)? Fault(LogRecord record)
    {
        if (record.TraceId.Length is not (0 or 16))
        {
            return ("trace-id-invalid", $"trace_id: must be 16 bytes or absent, has {record.TraceId.Length}");
        }

        return record.SpanId.Length is 0 or 8 ? null : ("span-id-invalid", $"span_id: must be 8 bytes or absent, has {record.SpanId.Length}");
    }

    /// <summary>The records that follow belong to this resource.</summary>
    public void Enter(Resource? resource)
    {
        var attributes = resource?.Attributes ?? [];
        _resourceSaid = _json.Of(attributes);
        _resource = Bounded(attributes, _resourceSaid).Json;
        _service = attributes.FirstOrDefault(a => a.Key is "service.name")?.Value?.StringValue is { Length: > 0 } name ? Kept(name, Columns.Identity)! : Unknown;
    }

    public Traces.LogRecord Make(InstrumentationScope? scope, LogRecord record)
    {
        var said = record.TimeUnixNano != 0 ? record.TimeUnixNano : record.ObservedTimeUnixNano;
        var time = said != 0 ? (long)Math.Min(said, long.MaxValue) : (receivedAt - DateTimeOffset.UnixEpoch).Ticks * NanosPerTick;
        var attributes = _json.Of(record.Attributes);
        var (kept, dropped) = Bounded(record.Attributes, attributes);
        var trace = Id(record.TraceId);
        return new Traces.LogRecord
        {
            Key = KeyOf(scope, record, said, attributes),
            Day = DateOnly.FromDateTime(DateTime.UnixEpoch.AddTicks(time / NanosPerTick)),
            TimeNanos = time,
            TraceId = trace,
            SpanId = trace is null ? null : Id(record.SpanId),
            Severity = (short)Math.Clamp(record.SeverityNumber, 0, MostSeverity),
            SeverityText = Kept(record.SeverityText, Columns.Code),
            Body = Kept(Body(record), MostBody),
            EventName = Kept(record.EventName, Columns.Identity),
            Service = _service,
            ScopeName = Kept(scope?.Name, Columns.Identity),
            Attributes = kept,
            Resource = _resource,
            Dropped = (int)Math.Min(record.DroppedAttributesCount + (long)dropped, int.MaxValue),
            ReceivedAt = receivedAt,
            SenderId = sender.SourceId,
        };
    }

    /// <summary>Over all that was said, whole: two records that differ only in what is cut off stay two.</summary>
    private Guid KeyOf(InstrumentationScope? scope, LogRecord record, ulong time, string attributes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(number, time);
        hash.AppendData(number);
        BinaryPrimitives.WriteUInt64BigEndian(number, (ulong)record.SeverityNumber);
        hash.AppendData(number);
        foreach (var bytes in (ReadOnlySpan<ByteString>)[record.TraceId, record.SpanId, record.Body?.ToByteString() ?? ByteString.Empty])
        {
            Add(hash, bytes.Span);
        }

        foreach (var text in (ReadOnlySpan<string>)[record.SeverityText, record.EventName, scope?.Name ?? "", attributes, _resourceSaid])
        {
            Add(hash, Encoding.UTF8.GetBytes(text));
        }

        return new Guid(hash.GetHashAndReset().AsSpan(0, 16), bigEndian: true);
    }

    /// <summary>With its length, so that no two records run together to the same bytes.</summary>
    private static void Add(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }

    private string? Body(LogRecord record) => record.Body?.ValueCase switch
    {
        null or AnyValue.ValueOneofCase.None => null,
        AnyValue.ValueOneofCase.StringValue => record.Body.StringValue,
        _ => _json.Of(record.Body),
    };

    /// <summary>As many of the attributes, in their order, as have room, and how many have none.</summary>
    private (string Json, int Dropped) Bounded(IReadOnlyCollection<KeyValue> attributes, string whole)
    {
        if (whole.Length <= MostAttributes)
        {
            return (whole, 0);
        }

        var kept = new List<KeyValue>();
        var room = MostAttributes;
        foreach (var attribute in attributes)
        {
            var size = _json.Of(new[] { attribute }).Length;
            if (size <= room)
            {
                kept.Add(attribute);
                room -= size;
            }
        }

        return (_json.Of(kept), attributes.Count - kept.Count);
    }

    /// <summary>Nothing when it is absent or all zero.</summary>
    private static byte[]? Id(ByteString id) => id.Span.IndexOfAnyExcept((byte)0) >= 0 ? id.ToByteArray() : null;

    /// <summary>Nothing for an empty text.</summary>
    private static string? Kept(string? text, int most) => string.IsNullOrEmpty(text) ? null : Quarantine.Cut(AttributeJson.Safe(text), most);
}
