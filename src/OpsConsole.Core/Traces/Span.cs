namespace OpsConsole.Traces;

/// <summary>A span as received (OTLP trace signal). Identified by trace id, span id and start; sent twice, stored once.</summary>
public sealed class Span
{
    /// <summary>16 bytes.</summary>
    public required byte[] TraceId { get; init; }

    /// <summary>8 bytes.</summary>
    public required byte[] SpanId { get; init; }

    /// <summary>Nanoseconds since the Unix epoch.</summary>
    public required long StartNanos { get; init; }

    /// <summary>The UTC day of the start, by which spans are partitioned.</summary>
    public required DateOnly Day { get; init; }

    public required long EndNanos { get; init; }

    /// <summary>8 bytes, or nothing for a root.</summary>
    public byte[]? ParentSpanId { get; init; }

    public required string Name { get; init; }

    /// <summary>OTLP SpanKind: 0 unspecified, 1 internal, 2 server, 3 client, 4 producer, 5 consumer.</summary>
    public short Kind { get; init; }

    /// <summary>OTLP StatusCode: 0 unset, 1 ok, 2 error.</summary>
    public short Status { get; init; }

    public string? StatusMessage { get; init; }

    /// <summary>Status error, <c>error.type</c> or an <c>exception</c> event.</summary>
    public bool Failed { get; init; }

    /// <summary>Resource attribute <c>service.name</c>.</summary>
    public required string Service { get; init; }

    public string? ScopeName { get; init; }

    /// <summary>JSON object of the span's attributes.</summary>
    public string Attributes { get; init; } = "{}";

    /// <summary>JSON object of the resource's attributes.</summary>
    public string Resource { get; init; } = "{}";

    /// <summary>JSON array of <c>{"time": nanos, "name": "…", "attributes": {…}}</c>, or nothing.</summary>
    public string? Events { get; init; }

    /// <summary>JSON array of <c>{"traceId": "hex", "spanId": "hex", "attributes": {…}}</c>, or nothing.</summary>
    public string? Links { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The write that brought it. Given when it is written.</summary>
    public Guid BatchId { get; internal set; }

    public required Guid SenderId { get; init; }
}

/// <summary>One trace, folded from its spans as far as they have come.</summary>
public sealed class TraceSummary
{
    public required byte[] TraceId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    public required int Spans { get; init; }

    public required int Errors { get; init; }

    /// <summary>Of the root span, or of the earliest while the root has not come.</summary>
    public required string Service { get; init; }

    public required string Name { get; init; }

    /// <summary>False while no span without a parent has come.</summary>
    public required bool HasRoot { get; init; }

    /// <summary>How many services took part.</summary>
    public required int Services { get; init; }

    /// <summary>Latest receipt.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Between which days its spans started: a bound that spares a query the other days' partitions.</summary>
    public (DateOnly First, DateOnly Last) Days => (DateOnly.FromDateTime(StartedAt.UtcDateTime), DateOnly.FromDateTime(EndedAt.UtcDateTime));
}

/// <summary>A trace speaks of a business object: by a <c>biz.*</c> attribute or a mapped one. The name is as spoken; aliases are resolved when read.</summary>
public sealed class TraceKey
{
    /// <summary><see cref="Ids.OfObject"/> of the spoken (type, id).</summary>
    public required Guid SpokenKey { get; init; }

    public required byte[] TraceId { get; init; }

    public required string Type { get; init; }

    public required string Id { get; init; }

    /// <summary><c>biz.business_unit</c>, when the span said one.</summary>
    public string? Unit { get; init; }

    /// <summary>A failed span names this object.</summary>
    public bool Failed { get; init; }
}
