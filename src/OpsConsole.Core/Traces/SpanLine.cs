using System.Text.Json;

namespace OpsConsole.Traces;

/// <summary>A span as pages and programs read it. Times are milliseconds from the trace's start.</summary>
public sealed record SpanLine
{
    public required string SpanId { get; init; }
    public string? ParentSpanId { get; init; }
    public required string Name { get; init; }
    public required string Service { get; init; }

    /// <summary><c>service.version</c> of the resource.</summary>
    public string? ServiceVersion { get; init; }

    /// <summary>internal, server, client, producer, consumer or unspecified.</summary>
    public required string Kind { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required double StartMs { get; init; }
    public required double DurationMs { get; init; }
    public required double SelfMs { get; init; }

    /// <summary>What of the trace's duration went through the span itself.</summary>
    public required double CriticalMs { get; init; }
    public required bool Critical { get; init; }

    /// <summary>The stretch before it in which nothing of the critical path ran.</summary>
    public TraceGap? Gap { get; init; }
    public required int Depth { get; init; }
    public required int Children { get; init; }
    public bool Orphan { get; init; }
    public required bool Failed { get; init; }
    public string? StatusMessage { get; init; }

    /// <summary><c>error.type</c>, an HTTP status or an exception's type.</summary>
    public string? ErrorCode { get; init; }
    public string? ErrorMessage { get; init; }
    public string? ScopeName { get; init; }

    /// <summary>False in a trace of more than <see cref="TraceQuestions.MostWhole"/> spans: its attributes, resource and events are not in the list, <see cref="ShowSpan"/> has them.</summary>
    public required bool Whole { get; init; }
    public required bool HasEvents { get; init; }

    /// <summary>Read when it is looked at: a trace has thousands of spans, and a person opens a handful.</summary>
    public JsonElement Attributes => Veil?.Over(JsonElement.Parse(Said)) ?? JsonElement.Parse(Said);
    public required JsonElement Resource { get; init; }
    public required IReadOnlyList<SpanEvent> Events { get; init; }
    public required IReadOnlyList<SpanLink> Links { get; init; }

    /// <summary>The attributes as they are kept.</summary>
    internal string Said { private get; init; } = "{}";

    /// <summary>What of them is not for the reader.</summary>
    internal TelemetryVeil? Veil { private get; init; }

    internal static double Ms(long nanos) => Math.Round(nanos / 1e6, 4);

    /// <param name="row">The span in its tree.</param>
    /// <param name="start">Of the trace, in nanoseconds.</param>
    /// <param name="gaps">Names the gap before it.</param>
    /// <param name="shared">What the spans before had, too.</param>
    /// <param name="veil">What of it is not for the reader.</param>
    /// <param name="whole">All of its columns were read.</param>
    internal static SpanLine Of(SpanNode row, long start, GapNames gaps, SharedTexts shared, TelemetryVeil veil, bool whole)
    {
        var span = row.Span;
        var attributes = span.Failed ? JsonElement.Parse(span.Attributes) : default;
        var resource = shared.Resource(span.Resource);
        var events = SpanEvent.Read(span.Events, start);
        var thrown = events.FirstOrDefault(one => one.Name == "exception")?.Attributes;
        return new SpanLine
        {
            SpanId = Convert.ToHexStringLower(span.SpanId),
            ParentSpanId = span.ParentSpanId is null ? null : Convert.ToHexStringLower(span.ParentSpanId),
            Name = shared.Text(span.Name),
            Service = shared.Text(span.Service),
            ServiceVersion = resource.Version,
            Kind = span.Kind switch { 1 => "internal", 2 => "server", 3 => "client", 4 => "producer", 5 => "consumer", _ => "unspecified" },
            StartedAt = DateTimeOffset.UnixEpoch.AddTicks(span.StartNanos / 100),
            StartMs = Ms(row.Start - start),
            DurationMs = Ms(row.End - row.Start),
            SelfMs = Ms(row.SelfNanos),
            CriticalMs = Ms(row.CriticalNanos),
            Critical = row.Critical,
            Gap = gaps.Of(row, start),
            Depth = row.Depth,
            Children = row.Below.Length,
            Orphan = row.Orphan,
            Failed = span.Failed,
            StatusMessage = span.StatusMessage,
            ErrorCode = !span.Failed ? null : Text(attributes, "error.type") ?? Text(attributes, "http.response.status_code") ?? (thrown is { } type ? Text(type, "exception.type") : null),
            ErrorMessage = !span.Failed ? null : span.StatusMessage ?? (thrown is { } message ? Text(message, "exception.message") : null),
            ScopeName = span.ScopeName is null ? null : shared.Text(span.ScopeName),
            Whole = whole,
            HasEvents = span.Events is not null,
            Said = whole ? span.Attributes : "{}",
            Veil = veil,
            Resource = resource.Said,
            Events = events.Count == 0 ? events : [.. events.Select(one => one with { Attributes = veil.Over(one.Attributes) })],
            Links = span.Links is null ? [] : [.. SpanLink.Read(span.Links).Select(link => link with { Attributes = veil.Over(link.Attributes) })],
        };
    }

    /// <summary>An attribute as text; nothing where it is not said.</summary>
    internal static string? Text(JsonElement attributes, string name) =>
        attributes.ValueKind is JsonValueKind.Object && attributes.TryGetProperty(name, out var value)
            ? value.ValueKind is JsonValueKind.String ? value.GetString() : value.GetRawText()
            : null;
}

/// <summary>Something that a span noted while it ran. <paramref name="AtMs"/> counts from the trace's start.</summary>
public sealed record SpanEvent(string Name, double AtMs, JsonElement Attributes)
{
    internal static IReadOnlyList<SpanEvent> Read(string? json, long start) =>
        json is null ? [] :
        [
            .. from one in JsonElement.Parse(json).EnumerateArray()
               select new SpanEvent(
                   one.TryGetProperty("name", out var name) ? name.GetString() ?? "" : "",
                   one.TryGetProperty("time", out var time) && time.TryGetInt64(out var nanos) ? SpanLine.Ms(nanos - start) : 0,
                   one.TryGetProperty("attributes", out var attributes) ? attributes : JsonElement.Parse("{}")),
        ];
}

/// <summary>Another trace that a span names as its cause.</summary>
public sealed record SpanLink(string TraceId, string SpanId, JsonElement Attributes)
{
    internal static IReadOnlyList<SpanLink> Read(string? json) =>
        json is null ? [] :
        [
            .. from one in JsonElement.Parse(json).EnumerateArray()
               where one.TryGetProperty("traceId", out _)
               select new SpanLink(
                   one.GetProperty("traceId").GetString() ?? "",
                   one.TryGetProperty("spanId", out var span) ? span.GetString() ?? "" : "",
                   one.TryGetProperty("attributes", out var attributes) ? attributes : JsonElement.Parse("{}")),
        ];
}
