using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace OpsConsole.Web.Tests.Intake;

/// <summary>What the OTLP specification demands of a server over HTTP, of both signals alike.</summary>
public sealed class OtlpHttpTests(LiveConsole console) : IClassFixture<LiveConsole>
{
    private const string Json = "application/json";
    private const string Protobuf = "application/x-protobuf";
    private const string Traces = "/v1/traces";
    private const string Logs = "/v1/logs";

    [Theory]
    [InlineData(Traces, Json, "{}", "{}")]
    [InlineData(Logs, Json, "{}", "{}")]
    [InlineData(Traces, Protobuf, "", "")]
    [InlineData(Logs, Protobuf, "", "")]
    public async Task A_request_that_is_taken_whole_is_answered_200_in_its_own_encoding_without_a_partial_success(string path, string type, string body, string expected)
    {
        var answer = await Post(path, type, Encoding.UTF8.GetBytes(body));

        Assert.Equal((HttpStatusCode.OK, type, expected), (answer.Status, answer.Type, answer.Text));
    }

    [Theory]
    [InlineData(Traces, "rejectedSpans")]
    [InlineData(Logs, "rejectedLogRecords")]
    public async Task What_is_refused_is_counted_in_the_partial_success_under_the_signals_own_name(string path, string field)
    {
        var answer = await Post(path, Json, Encoding.UTF8.GetBytes(path == Traces ? Spans("0102") : Records("0102", "refused")));

        var partial = JsonNode.Parse(answer.Text)!["partialSuccess"]!;
        Assert.Equal((HttpStatusCode.OK, "1"), (answer.Status, (string?)partial[field]));
        Assert.Contains("trace_id", (string?)partial["errorMessage"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Traces)]
    [InlineData(Logs)]
    public async Task What_cannot_be_decoded_is_answered_400_with_a_status_in_the_same_encoding(string path)
    {
        var json = await Post(path, Json, "{"u8.ToArray());
        var empty = await Post(path, Json, []);
        var protobuf = await Post(path, Protobuf, "zzz"u8.ToArray());

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (json.Status, empty.Status, protobuf.Status));
        Assert.Equal((Json, Protobuf), (json.Type, protobuf.Type));
        Assert.False(string.IsNullOrEmpty((string?)JsonNode.Parse(json.Text)!["message"]));

        // Status.message is the field 2: 08 03 12 length
        Assert.Equal("080312", Convert.ToHexString(protobuf.Bytes.AsSpan(0, 3)));
    }

    [Theory]
    [InlineData(Traces)]
    [InlineData(Logs)]
    public async Task Errors_of_key_and_type_are_a_status_too(string path)
    {
        var stranger = await Post(path, Protobuf, [], key: "wrong");
        var foreign = await Post(path, "text/plain", "hello"u8.ToArray());

        Assert.Equal((HttpStatusCode.Unauthorized, Protobuf), (stranger.Status, stranger.Type));
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, Json), (foreign.Status, foreign.Type));
        Assert.Equal("081012", Convert.ToHexString(stranger.Bytes.AsSpan(0, 3)));
    }

    [Theory]
    [InlineData(Traces)]
    [InlineData(Logs)]
    public async Task Bodies_may_be_gzip_and_are_limited_after_decompression(string path)
    {
        var taken = await Post(path, Json, Gzip("{}"u8.ToArray()), "gzip");
        var bomb = await Post(path, Protobuf, Gzip(new byte[70 << 20]), "gzip");
        var broken = await Post(path, Protobuf, "no gzip"u8.ToArray(), "gzip");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.BadRequest), (taken.Status, bomb.Status, broken.Status));
        Assert.Equal(Protobuf, bomb.Type);
    }

    [Fact]
    public async Task In_json_ids_are_hex_in_any_case_enums_are_numbers_long_numbers_are_texts_or_numbers_and_unknown_fields_are_ignored()
    {
        var trace = Guid.NewGuid().ToString("n").ToUpperInvariant();
        var body = $$$"""
            {"resourceSpans": [{"futureField": 1, "scopeSpans": [{"spans": [
              {"traceId": "{{{trace}}}", "spanId": "EEE19B7EC3C1B174", "name": "one", "kind": 2, "startTimeUnixNano": "1774958400000000001", "endTimeUnixNano": 1774958401000000000, "futureField": {"a": [1]}}]}]}]}
            """;

        var answer = await Post(Traces, Json, Encoding.UTF8.GetBytes(body));

        Assert.Equal((HttpStatusCode.OK, "{}"), (answer.Status, answer.Text));
        await console.Eventually($"/api/v1/traces?q={trace}", found => found["total"]!.GetValue<long>() == 1);
        var span = (await console.Get($"/api/v1/traces/{trace}"))["spans"]!.AsArray().Single()!;
        Assert.Equal(("eee19b7ec3c1b174", "server"), ((string?)span["spanId"], (string?)span["kind"]));
    }

    [Fact]
    public async Task A_record_of_a_trace_that_is_known_stands_with_it_and_sent_again_it_is_still_one()
    {
        var trace = Guid.NewGuid().ToString("n");
        await Post(Traces, Json, Encoding.UTF8.GetBytes(Spans(trace)));
        await console.Eventually($"/api/v1/traces?q={trace}", found => found["total"]!.GetValue<long>() == 1);

        var first = await Post(Logs, Json, Encoding.UTF8.GetBytes(Records(trace, "said once")));
        var again = await Post(Logs, Json, Encoding.UTF8.GetBytes(Records(trace, "said once")));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.Status, again.Status));
        var logs = await console.Get($"/api/v1/traces/{trace}/logs");
        Assert.Equal((1, "said once", "warning"), (logs["total"]!.GetValue<long>(), (string?)logs["items"]![0]!["body"], (string?)logs["items"]![0]!["severity"]));
    }

    [Fact]
    public async Task Records_of_no_trace_are_counted_with_everything_else_that_was_received()
    {
        await Post(Logs, Json, Encoding.UTF8.GetBytes(Records("", $"of no trace {Guid.NewGuid()}")));

        var figures = await console.Get("/api/v1/intake");
        using var metrics = await console.Http.GetAsync(new Uri("/metrics", UriKind.Relative));
        long Of(string name) => figures[name]!.GetValue<long>();
        Assert.Equal(Of("received"), Of("stored") + Of("duplicates") + Of("conflicts") + Of("quarantined") + Of("inFlight"));
        Assert.Matches("opsconsole_intake_stored_total\\{[^}]*kind=\"logs\"[^}]*\\} [1-9]", await metrics.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_refused_record_can_be_mended_and_taken_in()
    {
        await Post(Logs, Json, Encoding.UTF8.GetBytes(Records("0304", "to be mended")));
        var rows = (await console.Get("/api/v1/quarantine?state=open&reason=trace-id-invalid&take=500"))["items"]!.AsArray();
        var row = rows.First(item => (string?)item!["kind"] == "logs" && ((string?)item["message"])!.Contains("has 2", StringComparison.Ordinal))!;

        var mended = await Post($"/api/v1/quarantine/{row["id"]}/retry", Json, Encoding.UTF8.GetBytes(Records("", "to be mended")));

        Assert.Contains("\"stored\"", mended.Text, StringComparison.Ordinal);
    }

    private static string Spans(string trace) =>
        $$"""{"resourceSpans": [{"scopeSpans": [{"spans": [{"traceId": "{{trace}}", "spanId": "eee19b7ec3c1b174", "name": "one", "startTimeUnixNano": "{{Now()}}", "endTimeUnixNano": "{{Now()}}"}]}]}]}""";

    private static string Records(string trace, string said) =>
        $$"""{"resourceLogs": [{"scopeLogs": [{"logRecords": [{"timeUnixNano": "{{s_now}}", "severityNumber": 13, "body": {"stringValue": "{{said}}"}, "traceId": "{{trace}}"}]}]}]}""";

    private static readonly string s_now = Now();

    private static string Now() => $"{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}000000";

    private static byte[] Gzip(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return zipped.ToArray();
    }

    private async Task<(HttpStatusCode Status, string? Type, byte[] Bytes, string Text)> Post(string path, string type, byte[] body, string? encoding = null, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (encoding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(encoding);
        }

        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        using var answer = await console.Http.SendAsync(request);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, bytes, Encoding.UTF8.GetString(bytes));
    }
}
