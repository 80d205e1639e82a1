using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Trace;

namespace OpsConsole.Web.Tests.Intake;

/// <summary>OTLP over gRPC on the port of OTLP: the stock exporter, and calls byte by byte for what no stock exporter does.</summary>
public sealed class OtlpGrpcTests(LiveConsole console) : IClassFixture<LiveConsole>
{
    private const string Traces = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
    private const string Logs = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";

    [Fact]
    public async Task Spans_of_the_stock_exporter_over_grpc_are_found_under_their_business_key()
    {
        using var source = new ActivitySource($"grpc-{Guid.NewGuid():n}");
        string trace;
        using (var provider = Sdk.CreateTracerProviderBuilder().AddSource(source.Name).AddOtlpExporter(Exporter).Build())
        {
            using var activity = source.StartActivity("sync invoice", ActivityKind.Consumer)!;
            activity.SetTag("biz.invoice.id", "INV-GRPC");
            trace = activity.TraceId.ToHexString();
            activity.Stop();
            Assert.True(provider.ForceFlush(30_000));
        }

        await console.Eventually("/api/v1/traces?q=INV-GRPC", found => found.ToJsonString().Contains(trace, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Logs_of_the_stock_exporter_over_grpc_stand_with_the_span_in_which_they_were_written()
    {
        using var source = new ActivitySource($"grpc-{Guid.NewGuid():n}");
        ActivityContext where;
        using (var provider = Sdk.CreateTracerProviderBuilder().AddSource(source.Name).AddOtlpExporter(Exporter).Build())
        using (var logs = LoggerFactory.Create(builder => builder.AddOpenTelemetry(options =>
               {
                   options.IncludeFormattedMessage = true;
                   options.AddOtlpExporter(Exporter);
               })))
        {
            using var activity = source.StartActivity("sync invoice")!;
            activity.SetTag("biz.invoice.id", "INV-LOGGED");
            where = activity.Context;
#pragma warning disable CA1848, CA2254 // One line of a test.
            logs.CreateLogger("courier").LogError("{Invoice} was refused", "INV-LOGGED");
#pragma warning restore CA1848, CA2254
            activity.Stop();
            Assert.True(provider.ForceFlush(30_000));
        }

        await console.Eventually("/api/v1/traces?q=INV-LOGGED", found => found["total"]!.GetValue<long>() == 1);
        await console.Eventually($"/api/v1/traces/{where.TraceId}/logs?span={where.SpanId}", found => found["total"]!.GetValue<long>() == 1);
        var log = (await console.Get($"/api/v1/traces/{where.TraceId}/logs"))["items"]!.AsArray().Single()!;
        Assert.Equal(("INV-LOGGED was refused", "error", "courier"), ((string?)log["body"], (string?)log["severity"], (string?)log["scopeName"]));
        Assert.Equal("INV-LOGGED", (string?)log["attributes"]!["Invoice"]);
    }

    [Theory]
    [InlineData(Traces)]
    [InlineData(Logs)]
    public async Task An_empty_request_succeeds_with_an_empty_message_and_says_so_in_the_trailers(string path)
    {
        var answer = await Call(path, []);

        Assert.Equal((HttpStatusCode.OK, 0, "application/grpc"), (answer.Http, answer.Code, answer.Type));
        Assert.Equal(new byte[5], answer.Body);
    }

    [Fact]
    public async Task A_message_may_be_gzip()
    {
        var (trace, span) = (Random(16), Random(8));

        var answer = await Call(Traces, Gzip(Spans(trace, span)), compressed: true, encoding: "gzip");

        Assert.Equal(0, answer.Code);
        await console.Eventually($"/api/v1/traces?q={Convert.ToHexString(trace)}", found => found["total"]!.GetValue<long>() == 1);
    }

    [Fact]
    public async Task What_is_refused_of_a_request_is_counted_in_its_partial_success_and_the_rest_is_taken()
    {
        var spans = await Call(Traces, [.. Spans(Random(16), Random(8)), .. Spans([1, 2], Random(8))]);
        var logs = await Call(Logs, [.. LogRecord([1, 2], "bad"), .. LogRecord(Random(16), "good")]);

        // partial_success, and in it the number of those refused: 0A length 08 01
        Assert.Equal((0, 0), (spans.Code, logs.Code));
        Assert.Equal("0A0801", Convert.ToHexString([spans.Body[5], spans.Body[7], spans.Body[8]]));
        Assert.Equal("0A0801", Convert.ToHexString([logs.Body[5], logs.Body[7], logs.Body[8]]));
        Assert.Contains("1 of 2 log records", Encoding.UTF8.GetString(logs.Body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Traces)]
    [InlineData(Logs)]
    public async Task Without_a_living_key_a_call_is_unauthenticated_and_not_to_be_tried_again(string path)
    {
        var answer = await Call(path, [], key: "wrong");

        Assert.Equal(((int)HttpStatusCode.OK, 16), ((int)answer.Http, answer.Code));
        Assert.DoesNotContain("RetryInfo", answer.Details, StringComparison.Ordinal);
        Assert.Contains("living key", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_without_the_scope_is_denied()
    {
        using var made = await console.Http.PostAsJsonAsync(new Uri("/api/v1/sources", UriKind.Relative), new { name = "grpc-events-only", scopes = new[] { "events" } });
        var source = await made.Content.ReadFromJsonAsync<Guid>();
        using var keyed = await console.Http.PostAsJsonAsync(new Uri($"/api/v1/sources/{source}/keys", UriKind.Relative), new { });
        var key = JsonNode.Parse(await keyed.Content.ReadAsStringAsync())!;

        Assert.Equal(7, (await Call(Logs, [], key: (string?)key["key"])).Code);
    }

    [Theory]
    [InlineData(Traces)]
    [InlineData(Logs)]
    public async Task What_cannot_be_decoded_is_an_invalid_argument(string path)
    {
        Assert.Equal(3, (await Call(path, "zzz"u8.ToArray())).Code);
        Assert.Equal(3, (await Call(path, "no gzip"u8.ToArray(), compressed: true, encoding: "gzip")).Code);
        Assert.Equal(3, (await Call(path, [], announced: 7)).Code);
    }

    [Fact]
    public async Task An_encoding_that_is_not_known_is_unimplemented_and_those_that_are_known_are_named()
    {
        var answer = await Call(Traces, "?"u8.ToArray(), compressed: true, encoding: "br");

        Assert.Equal((12, "identity,gzip"), (answer.Code, answer.Accepts));
    }

    [Theory]
    [InlineData(Traces)]
    [InlineData(Logs)]
    public async Task Too_large_after_decompression_is_resource_exhausted_and_not_to_be_tried_again(string path)
    {
        var bomb = await Call(path, Gzip(new byte[70 << 20]), compressed: true, encoding: "gzip");
        var announced = await Call(path, [], announced: 70 << 20);

        Assert.Equal((8, 8), (bomb.Code, announced.Code));
        Assert.DoesNotContain("RetryInfo", bomb.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Http_1_is_answered_on_the_same_port_and_a_call_over_it_is_told_to_upgrade()
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{console.OtlpPort}") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", LiveConsole.Key);

        using var plain = await http.PostAsJsonAsync(new Uri("/v1/logs", UriKind.Relative), new { });
        using var call = await http.PostAsync(new Uri(Traces, UriKind.Relative), new ByteArrayContent([]));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.UpgradeRequired), (plain.StatusCode, call.StatusCode));
    }

    [Fact]
    public async Task Http_2_carries_otlp_over_http_as_well()
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{console.OtlpPort}"), DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", LiveConsole.Key);

        using var answer = await http.PostAsJsonAsync(new Uri("/v1/traces", UriKind.Relative), new { });

        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (answer.StatusCode, answer.Version));
    }

    private static byte[] Random(int length)
    {
        var bytes = new byte[length];
        System.Security.Cryptography.RandomNumberGenerator.Fill(bytes);
        return bytes;
    }

    private static byte[] Field(int number, params byte[][] parts) => [(byte)((number << 3) | 2), (byte)parts.Sum(part => part.Length), .. parts.SelectMany(part => part)];

    private static byte[] Spans(byte[] trace, byte[] span) => Field(1, Field(2, Field(2, Field(1, trace), Field(2, span), Field(5, "a span"u8.ToArray()))));

    private static byte[] LogRecord(byte[] trace, string said) => Field(1, Field(2, Field(2, Field(5, Field(1, Encoding.UTF8.GetBytes(said))), Field(9, trace))));

    private static byte[] Gzip(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return zipped.ToArray();
    }

    private void Exporter(OtlpExporterOptions otlp)
    {
        otlp.Endpoint = new Uri($"http://127.0.0.1:{console.OtlpPort}");
        otlp.Protocol = OtlpExportProtocol.Grpc;
        otlp.Headers = $"authorization=Bearer {LiveConsole.Key}";
    }

    private async Task<Said> Call(string path, byte[] message, bool compressed = false, string? encoding = null, string? key = LiveConsole.Key, int? announced = null)
    {
        var framed = new byte[5 + message.Length];
        framed[0] = compressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), announced ?? message.Length);
        message.CopyTo(framed, 5);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://127.0.0.1:{console.OtlpPort}{path}"))
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new ByteArrayContent(framed),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TryAddWithoutValidation("te", "trailers");
        request.Headers.TryAddWithoutValidation("authorization", $"Bearer {key}");
        if (encoding is not null)
        {
            request.Headers.TryAddWithoutValidation("grpc-encoding", encoding);
        }

        using var answer = await http.SendAsync(request);
        var body = await answer.Content.ReadAsByteArrayAsync();
        string? Of(string name) => answer.TrailingHeaders.TryGetValues(name, out var trailing) ? trailing.Single() : answer.Headers.TryGetValues(name, out var leading) ? leading.Single() : null;
        return new Said(
            answer.StatusCode, int.Parse(Of("grpc-status") ?? "-1", CultureInfo.InvariantCulture), Uri.UnescapeDataString(Of("grpc-message") ?? ""),
            Encoding.Latin1.GetString(Convert.FromBase64String(Of("grpc-status-details-bin") ?? "")), Of("grpc-accept-encoding"), answer.Content.Headers.ContentType?.MediaType, body);
    }

    private sealed record Said(HttpStatusCode Http, int Code, string Message, string Details, string? Accepts, string? Type, byte[] Body);
}
