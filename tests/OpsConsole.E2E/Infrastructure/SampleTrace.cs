using System.Globalization;
using System.Text;
using OpsConsole.E2E.Promises;

namespace OpsConsole.E2E.Infrastructure;

/// <summary>A span of a trace that a test makes up; times in microseconds from the trace's start.</summary>
internal sealed record SampleSpan(int Id, int Parent, string Service, string Name, long Start, long End)
{
    /// <summary>OTLP SpanKind.</summary>
    public int Kind { get; init; } = 1;

    /// <summary><c>error.type</c>; the span failed.</summary>
    public string? Error { get; init; }

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
}

/// <summary>Sends a trace as an OTLP exporter does, in JSON, some thousand spans a request.</summary>
internal static class SampleTrace
{
    private const int PerBody = 5_000;

    public static async Task SendTrace(this Stage stage, string traceId, DateTimeOffset start, IReadOnlyCollection<SampleSpan> spans)
    {
        foreach (var some in spans.Chunk(PerBody))
        {
            var answer = await stage.Console.Send("/v1/traces", "application/json", Encoding.UTF8.GetBytes(Body(traceId, start, some)));
            Assert.True(answer.Status == 200, $"{answer.Status}: {answer.Text}");
        }

        await Eventually.Is(
            async () => (await stage.Get($"/api/v1/traces?q={traceId}"))["items"]!.AsArray().Sum(trace => trace!["spans"]!.GetValue<int>()) == spans.Count, $"all spans of {traceId} are folded");
    }

    private static string Body(string traceId, DateTimeOffset start, IEnumerable<SampleSpan> spans)
    {
        var body = new StringBuilder("""{"resourceSpans":[""");
        foreach (var (service, i) in spans.GroupBy(span => span.Service).Select((service, i) => (service, i)))
        {
            body.Append(i > 0 ? "," : "").Append("""{"resource":{"attributes":[""").Append(Attribute("service.name", service.Key)).Append("""]},"scopeSpans":[{"spans":[""")
                .AppendJoin(',', service.Select(span => Span(traceId, start, span))).Append("]}]}");
        }

        return body.Append("]}").ToString();
    }

    private static string Span(string traceId, DateTimeOffset start, SampleSpan span)
    {
        var attributes = span.Attributes.Select(pair => Attribute(pair.Key, pair.Value)).Concat(span.Error is null ? [] : [Attribute("error.type", span.Error)]);
        var parent = span.Parent == 0 ? "" : $"\"parentSpanId\":\"{span.Parent:x16}\",";
        var status = span.Error is null ? "" : ",\"status\":{\"code\":2}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"traceId":"{{traceId}}","spanId":"{{span.Id:x16}}",{{parent}}"name":"{{span.Name}}","kind":{{span.Kind}},"startTimeUnixNano":"{{Nanos(start, span.Start)}}","endTimeUnixNano":"{{Nanos(start, span.End)}}","attributes":[{{string.Join(',', attributes)}}]{{status}}}""");
    }

    private static string Attribute(string key, string value) => $$$"""{"key":"{{{key}}}","value":{"stringValue":"{{{value}}}"}}""";

    private static long Nanos(DateTimeOffset start, long micros) => ((start - DateTimeOffset.UnixEpoch).Ticks * 100) + (micros * 1_000);
}
