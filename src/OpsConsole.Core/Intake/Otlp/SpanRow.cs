using System.Buffers.Binary;
using System.Text;
using OpsConsole.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Intake.Otlp;

/// <summary>
/// A <see cref="Span"/> on its way from the wire to its table: ids as numbers (big-endian, so that their order is that of the bytes), texts as
/// UTF-8, for the most part places in the body itself. It lives as long as its delivery.
/// </summary>
internal sealed class SpanRow : IRowOf<Span>
{
    /// <summary>No text. (A bare null beside a text in a conditional would become an empty one: arrays convert, null ones too.)</summary>
    public static ReadOnlyMemory<byte>? NoText => null;

    public required UInt128 TraceId { get; init; }

    public required ulong SpanId { get; init; }

    public required long StartNanos { get; init; }

    public required DateOnly Day { get; init; }

    public required long EndNanos { get; init; }

    public ulong? ParentSpanId { get; init; }

    public required ReadOnlyMemory<byte> Name { get; init; }

    public short Kind { get; init; }

    public short Status { get; init; }

    public ReadOnlyMemory<byte>? StatusMessage { get; init; }

    public bool Failed { get; init; }

    public required ReadOnlyMemory<byte> Service { get; init; }

    public ReadOnlyMemory<byte>? ScopeName { get; init; }

    public required ReadOnlyMemory<byte> Attributes { get; init; }

    public required ReadOnlyMemory<byte> Resource { get; init; }

    public ReadOnlyMemory<byte>? Events { get; init; }

    public ReadOnlyMemory<byte>? Links { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public Guid BatchId { get; set; }

    public required Guid SenderId { get; init; }

    /// <summary>What the table's key is made of, beside the day, which follows from the start.</summary>
    public (UInt128 Trace, ulong Span, long Start) Key => (TraceId, SpanId, StartNanos);

    public static int InKeyOrder(SpanRow a, SpanRow b) =>
        a.TraceId.CompareTo(b.TraceId) is var byTrace and not 0 ? byTrace
        : a.SpanId.CompareTo(b.SpanId) is var bySpan and not 0 ? bySpan
        : a.StartNanos.CompareTo(b.StartNanos);

    public static byte[] Bytes(UInt128 traceId)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, traceId);
        return bytes;
    }

    /// <summary>The same as pages and tests know it.</summary>
    public Span ToSpan() => new()
    {
        TraceId = Bytes(TraceId),
        SpanId = Bytes(SpanId)[8..],
        StartNanos = StartNanos,
        Day = Day,
        EndNanos = EndNanos,
        ParentSpanId = ParentSpanId is { } parent ? Bytes(parent)[8..] : null,
        Name = Text(Name)!,
        Kind = Kind,
        Status = Status,
        StatusMessage = Text(StatusMessage),
        Failed = Failed,
        Service = Text(Service)!,
        ScopeName = Text(ScopeName),
        Attributes = Text(Attributes)!,
        Resource = Text(Resource)!,
        Events = Text(Events),
        Links = Text(Links),
        ReceivedAt = ReceivedAt,
        BatchId = BatchId,
        SenderId = SenderId,
    };

    private static string? Text(ReadOnlyMemory<byte>? text) => text is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;
}
