using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace OpsConsole.Web.Tests.Intake;

/// <summary>Real clients against the real console.</summary>
public sealed class WireTests(LiveConsole console) : IClassFixture<LiveConsole>
{
    private const string Batch = "application/cloudevents-batch+json";
    private const string Structured = "application/cloudevents+json";

    [Fact]
    public async Task A_web_hook_that_Stripes_own_library_signed_is_believed_and_not_with_another_body()
    {
        const string Secret = "whsec_wire_tests_of_stripe";
        const string Body = """{"id": "evt_wire", "type": "invoice.paid", "created": 1774958400, "data": {"object": {"id": "in_stripe", "status": "paid", "amount_due": 520000, "currency": "eur"}}}""";
        using var made = await console.Http.PostAsJsonAsync("/api/v1/sources", new { name = "stripe-wire", scopes = new[] { "events" } });
        using var set = await console.Http.PutAsJsonAsync($"/api/v1/sources/{await made.Content.ReadFromJsonAsync<string>()}/hook-secret", new { scheme = "stripe", secret = Secret });
        var signature = (string)(await LiveConsole.Client("sign-stripe.mjs", [Secret], Body))["signature"]!;

        var first = await Post(Body);
        var other = await Post(Body.Replace("520000", "1", StringComparison.Ordinal));

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Unauthorized), (first.Status, other.Status));
        Assert.Contains("evt_wire", first.Text, StringComparison.Ordinal);          // aside until its source has a mapping, under Stripe's own id

        async Task<(HttpStatusCode Status, string Text)> Post(string body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/hooks/stripe-wire") { Content = new StringContent(body, null, "application/json") };
            request.Headers.TryAddWithoutValidation("Stripe-Signature", signature);
            using var answer = await console.Http.SendAsync(request);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Spans_of_the_stock_dotnet_sdk_are_found_under_their_business_key()
    {
        using var source = new ActivitySource($"wire-{Guid.NewGuid():n}");
        string trace;
        using (var provider = Sdk.CreateTracerProviderBuilder().AddSource(source.Name).AddOtlpExporter(otlp =>
               {
                   otlp.Endpoint = new Uri($"http://127.0.0.1:{console.OtlpPort}/v1/traces");
                   otlp.Protocol = OtlpExportProtocol.HttpProtobuf;
                   otlp.Headers = $"X-Api-Key={LiveConsole.Key}";
               }).Build())
        {
            using var activity = source.StartActivity("sync invoice", ActivityKind.Consumer)!;
            activity.SetTag("biz.invoice.id", "INV-DOTNET");
            trace = activity.TraceId.ToHexString();
            activity.Stop();
            Assert.True(provider.ForceFlush(30_000));
        }

        await console.Eventually("/api/v1/traces?q=INV-DOTNET", found => found.ToJsonString().Contains(trace, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_program_with_a_key_hears_news_of_the_unit_that_it_watches_and_of_no_other()
    {
        var emea = LiveConsole.Client("watch-worklist.mjs", [console.Url, "--key", LiveConsole.Key, "--unit", "WIRE-EMEA", "--seconds", "60"]);
        var apac = LiveConsole.Client("watch-worklist.mjs", [console.Url, "--key", LiveConsole.Key, "--unit", "WIRE-APAC", "--seconds", "20"]);

        // The watcher says nothing here when it listens, so a failure follows the other until it has heard of one.
        for (var i = 0; !emea.IsCompleted; i++)
        {
            await Post("/v1/events", Structured, Encoding.UTF8.GetBytes($$"""
                {"specversion":"1.0","id":"news-{{i}}","source":"urn:wire","type":"opsconsole.sync.v1","time":"2026-11-20T09:30:00Z",
                 "data":{"entity":{"type":"invoice","id":"NEWS-{{i}}"},"system":"erp","operation":"create","outcome":"failed",
                         "businessUnit":"WIRE-EMEA","error":{"code":"TAX_PROFILE_MISSING"} } }
                """));
        }

        Assert.Equal("cases", (await emea)["changes"]!.AsArray().Single()!["topic"]!.GetValue<string>());
        var other = await apac;
        Assert.Null(other["error"]);
        Assert.Empty(other["changes"]!.AsArray());
    }

    [Theory]
    [InlineData("proto", "none")]
    [InlineData("proto", "gzip")]
    [InlineData("json", "none")]
    [InlineData("json", "gzip")]
    public async Task Spans_of_the_stock_node_sdk_are_found_under_their_business_key(string encoding, string compression)
    {
        var invoice = $"INV-{encoding}-{compression}";
        var said = await LiveConsole.Client("send-spans.mjs", [encoding, invoice, "failed"], environment: new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = console.Url,
            ["OTEL_EXPORTER_OTLP_HEADERS"] = $"Authorization=Bearer%20{LiveConsole.Key}",
            ["OTEL_EXPORTER_OTLP_COMPRESSION"] = compression,
        });

        Assert.True(said["exported"]!.GetValue<bool>(), said.ToJsonString());
        await console.Eventually($"/api/v1/traces?q={invoice}", found => found.ToJsonString().Contains(said["traceId"]!.GetValue<string>(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("binary")]
    [InlineData("structured")]
    [InlineData("batch")]
    public async Task Events_of_the_cloudevents_sdk_are_taken_in_every_mode_and_duplicates_collapse(string mode)
    {
        var events = $"[{Event($"{mode}-1")},{Event($"{mode}-2")}]";
        var first = await LiveConsole.Client("send-events.mjs", [mode, console.Url, LiveConsole.Key], events);
        var again = await LiveConsole.Client("send-events.mjs", [mode, console.Url, LiveConsole.Key], events);

        Assert.Equal((2, 0), Sums(first));
        Assert.Equal((0, 2), Sums(again));
    }

    [Fact]
    public async Task The_four_add_up_and_a_conflict_and_a_refusal_are_named_by_their_place()
    {
        var body = $"[{Event("four")},{Event("four")},{Event("four", "5201")},{Event("bad").Replace("succeeded", "done", StringComparison.Ordinal)}]";

        var answer = await Post("/v1/events", Batch, Encoding.UTF8.GetBytes(body));

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        Assert.Equal(
            "{\"accepted\":1,\"duplicates\":1,\"conflicts\":[{\"index\":2,\"id\":\"four\"}],\"quarantined\":[{\"index\":3,\"id\":\"bad\",\"reason\":\"outcome: must be one of succeeded, pending, failed\"}]}",
            answer.Text);
    }

    [Fact]
    public async Task What_is_refused_can_be_mended_and_taken_in()
    {
        await Post("/v1/events", Structured, Encoding.UTF8.GetBytes(Event("mend").Replace("succeeded", "done", StringComparison.Ordinal)));
        var listed = await console.Get("/api/v1/quarantine?state=open&take=500");
        var row = listed["items"]!.AsArray().Single(item => (string?)item!["eventId"] == "mend")!;

        var still = await Post($"/api/v1/quarantine/{row["id"]}/retry", "application/json", []);
        var mended = await Post($"/api/v1/quarantine/{row["id"]}/retry", "application/json", Encoding.UTF8.GetBytes(Event("mend")));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, still.Status);
        Assert.Contains("\"stored\"", mended.Text, StringComparison.Ordinal);
        var figures = await console.Get("/api/v1/intake");
        long Of(string name) => figures[name]!.GetValue<long>();
        Assert.Equal(Of("received"), Of("stored") + Of("duplicates") + Of("conflicts") + Of("quarantined") + Of("inFlight"));
    }

    [Fact]
    public async Task A_body_may_be_gzip_and_is_measured_after_decompression()
    {
        var taken = await Post("/v1/events", Batch, Gzip(Encoding.UTF8.GetBytes($"[{Event("zipped")}]")), "gzip");
        var bomb = await Post("/v1/events", Batch, Gzip(new byte[70 << 20]), "gzip");
        var traces = await Post("/v1/traces", "application/x-protobuf", Gzip(new byte[70 << 20]), "gzip");
        var broken = await Post("/v1/events", Batch, "no gzip"u8.ToArray(), "gzip");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.BadRequest), (taken.Status, bomb.Status, traces.Status, broken.Status));
        Assert.Equal("application/x-protobuf", traces.Type);
    }

    [Theory]
    [InlineData("/v1/events", "text/plain", "hello", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("/v1/events", Batch, "[", HttpStatusCode.BadRequest)]
    [InlineData("/v1/traces", "text/plain", "hello", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("/v1/traces", "application/json", "", HttpStatusCode.BadRequest)]
    [InlineData("/v1/traces", "application/json", "{}", HttpStatusCode.OK)]
    [InlineData("/v1/traces", "application/x-protobuf", "", HttpStatusCode.OK)]
    [InlineData("/v1/traces", "application/x-protobuf", "zzz", HttpStatusCode.BadRequest)]
    public async Task Malformed_is_told_from_empty_and_from_foreign(string path, string type, string body, HttpStatusCode status) =>
        Assert.Equal(status, (await Post(path, type, Encoding.UTF8.GetBytes(body))).Status);

    [Fact]
    public async Task The_web_hook_handshake_names_who_may_send()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, new Uri("/v1/events", UriKind.Relative));
        request.Headers.Add("WebHook-Request-Origin", "emitter.example.com");

        using var answer = await console.Http.SendAsync(request);

        Assert.Equal("emitter.example.com", answer.Headers.GetValues("WebHook-Allowed-Origin").Single());
        Assert.Equal("*", answer.Headers.GetValues("WebHook-Allowed-Rate").Single());
    }

    [Fact]
    public async Task A_key_sends_what_its_scopes_say_until_it_is_revoked()
    {
        using var made = await console.Http.PostAsJsonAsync(new Uri("/api/v1/sources", UriKind.Relative), new { name = "events-only", scopes = new[] { "events" }, units = new[] { "EMEA" } });
        var source = await made.Content.ReadFromJsonAsync<Guid>();
        using var keyed = await console.Http.PostAsJsonAsync(new Uri($"/api/v1/sources/{source}/keys", UriKind.Relative), new { });
        var key = JsonNode.Parse(await keyed.Content.ReadAsStringAsync())!;

        var events = await Post("/v1/events", Batch, "[]"u8.ToArray(), key: (string)key["key"]!);
        var traces = await Post("/v1/traces", "application/json", "{}"u8.ToArray(), key: (string)key["key"]!);
        using var revoked = await console.Http.DeleteAsync(new Uri($"/api/v1/keys/{key["id"]}", UriKind.Relative));
        var after = await Post("/v1/events", Batch, "[]"u8.ToArray(), key: (string)key["key"]!);

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized), (events.Status, traces.Status, after.Status));
    }

    [Fact]
    public async Task Pages_do_not_answer_on_the_port_of_otlp()
    {
        using var http = new HttpClient();

        using var page = await http.GetAsync(new Uri($"http://127.0.0.1:{console.OtlpPort}/sign-in"));

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }

    private static string Event(string id, string amount = "5200.00") =>
        $$$"""
        {"specversion":"1.0","id":"{{{id}}}","source":"urn:wire","type":"opsconsole.sync.v1","time":"2026-03-31T12:00:00Z","datacontenttype":"application/json",
         "data":{"entity":{"type":"invoice","id":"INV-W"},"system":"erp","outcome":"succeeded","amount":{{{amount}}},"currency":"EUR"}}
        """;

    private static (int Accepted, int Duplicates) Sums(JsonObject said)
    {
        var answers = said["answers"]!.AsArray();
        Assert.All(answers, answer => Assert.Equal(202, answer!["status"]!.GetValue<int>()));
        return (answers.Sum(answer => answer!["body"]!["accepted"]!.GetValue<int>()), answers.Sum(answer => answer!["body"]!["duplicates"]!.GetValue<int>()));
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return zipped.ToArray();
    }

    private async Task<(HttpStatusCode Status, string Text, string? Type)> Post(string path, string type, byte[] body, string? encoding = null, string? key = null)
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
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Content.Headers.ContentType?.MediaType);
    }
}
