namespace OpsConsole.Traces;

/// <summary>The columns of a <see cref="Span"/> that a trace's page shows. It reads thousands of them, so each column counts.</summary>
public sealed record SpanRead(
    byte[] SpanId, byte[]? ParentSpanId, long StartNanos, long EndNanos, string Name, string Service, short Kind, bool Failed, string? StatusMessage, string? ScopeName,
    string Attributes, string Resource, string? Events, string? Links);
