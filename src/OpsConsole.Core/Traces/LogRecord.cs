namespace OpsConsole.Traces;

/// <summary>
/// A log record as received (OTLP log signal), with or without a trace. Logs have no id: it is identified by its content, so that the same
/// sent twice is stored once.
/// </summary>
public sealed class LogRecord
{
    /// <summary>The first 16 bytes of SHA-256 over all that was said, before anything was cut.</summary>
    public required Guid Key { get; init; }

    /// <summary>The UTC day of its time, by which logs are partitioned.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Nanoseconds since the Unix epoch: when it happened; else when it was observed; else when it was received.</summary>
    public required long TimeNanos { get; init; }

    /// <summary>16 bytes, or nothing: it belongs to no trace.</summary>
    public byte[]? TraceId { get; init; }

    /// <summary>8 bytes, or nothing. Never without a trace.</summary>
    public byte[]? SpanId { get; init; }

    /// <summary>OTLP SeverityNumber: 1 to 4 trace, to 8 debug, to 12 info, to 16 warning, to 20 error, to 24 fatal; 0 unspecified.</summary>
    public short Severity { get; init; }

    /// <summary>The sender's own word for it.</summary>
    public string? SeverityText { get; init; }

    /// <summary>A text as it was said; anything else as JSON. Cut where it is longer than is kept.</summary>
    public string? Body { get; init; }

    public string? EventName { get; init; }

    /// <summary>Resource attribute <c>service.name</c>.</summary>
    public required string Service { get; init; }

    /// <summary>The logger.</summary>
    public string? ScopeName { get; init; }

    /// <summary>JSON object of the record's attributes, as many as are kept.</summary>
    public string Attributes { get; init; } = "{}";

    /// <summary>JSON object of the resource's attributes, as many as are kept.</summary>
    public string Resource { get; init; } = "{}";

    /// <summary>How many attributes of the record are missing, at the sender or because they were too large to keep.</summary>
    public int Dropped { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required Guid SenderId { get; init; }
}
