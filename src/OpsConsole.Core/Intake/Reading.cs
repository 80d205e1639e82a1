using OpsConsole.Events;
using OpsConsole.Intake.Otlp;
using OpsConsole.Traces;

namespace OpsConsole.Intake;

/// <summary>What became of one fact.</summary>
public enum Verdict
{
    /// <summary>Not settled yet.</summary>
    Waiting,

    /// <summary>New, and committed.</summary>
    Stored,

    /// <summary>The same was stored before.</summary>
    Duplicate,

    /// <summary>The same identity was stored before with other content.</summary>
    Conflict,

    /// <summary>Could not be read; kept aside with its bytes and the reason.</summary>
    Quarantined,
}

/// <summary>One fact of a body as a reader understood it: an event, a span, a log record, or what could not be read. Settled by the writer.</summary>
public sealed class Reading
{
    /// <summary>Its place in the body, from zero.</summary>
    public required int Index { get; init; }

    /// <summary>The CloudEvents id, as far as it could be read.</summary>
    public string? Id { get; init; }

    public SyncEvent? Event { get; private set; }

    /// <summary>The span, made anew at each look; the writer takes <see cref="Row"/>.</summary>
    public Span? Span => Row?.ToSpan();

    internal SpanRow? Row { get; private set; }

    public LogRecord? Log { get; private set; }

    /// <summary>The business objects that the span names.</summary>
    public IReadOnlyList<TraceKey> Keys { get; private set; } = [];

    public Quarantined? Refused { get; private set; }

    /// <summary>The fact as it came; part of the body's buffer, so gone when the delivery is settled.</summary>
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    public Verdict Verdict { get; internal set; }

    internal static Reading Of(int index, SyncEvent read, ReadOnlyMemory<byte> bytes) => new() { Index = index, Id = read.Id, Event = read, Bytes = bytes };

    internal static Reading Of(int index, SpanRow read, IReadOnlyList<TraceKey> keys) => new() { Index = index, Row = read, Keys = keys, Bytes = default };

    internal static Reading Of(int index, LogRecord read) => new() { Index = index, Log = read, Bytes = default };

    internal static Reading Of(int index, Quarantined refused, string? id, ReadOnlyMemory<byte> bytes) => new() { Index = index, Id = id, Refused = refused, Bytes = bytes };

    /// <summary>It could be read, but no table takes it.</summary>
    internal void Refuse(Quarantined refused) => (Event, Row, Log, Keys, Refused) = (null, null, null, [], refused);
}
