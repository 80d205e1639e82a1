using OpsConsole.Sources;

namespace OpsConsole.Web.Sources;

/// <summary>Events and spans with all that the checks ask for, in three languages. A test reads each event by the door's own reader.</summary>
public static class SourceSnippets
{
    public static readonly IReadOnlyList<string> Languages = [".NET", "Java", "Node"];

    /// <summary>The event that every language sends.</summary>
    public const string Event = """
        {
          "specversion": "1.0", "type": "opsconsole.sync.v1", "source": "urn:acme:middleware", "id": "4711",
          "time": "2026-11-20T09:30:00Z",
          "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
          "data": {
            "entity": {"type": "invoice", "id": "INV-4711"},
            "system": "netsuite", "operation": "create", "outcome": "failed", "state": "rejected",
            "businessUnit": "EMEA", "legalEntity": "DE01", "region": "DE",
            "amount": "5200.00", "currency": "EUR",
            "links": [{"type": "order", "id": "SO-9"}],
            "error": {"code": "TAX_PROFILE_MISSING", "category": "validation", "message": "Customer ACC-17 has no tax profile", "attribute": "taxProfile"},
            "payload": {"tranId": "INV-4711", "entity": "ACC-17", "amount": 5200.00},
            "replayTarget": "erp-invoices", "idempotencyKey": "inv-4711-create"
          }
        }
        """;

    private const string DotnetEvent = """"
        var json = """
        {EVENT}
        """;
        using var content = new StringContent(json, null, "application/cloudevents+json");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{console}/v1/events") { Content = content };
        request.Headers.Authorization = new("Bearer", key);
        using var answer = await http.SendAsync(request);          // 202 after the commit; sending again is safe
        """";

    private const string JavaEvent = """"
        var json = """
            {EVENT}
            """;
        var request = HttpRequest.newBuilder(URI.create(console + "/v1/events"))
            .header("Authorization", "Bearer " + key).header("Content-Type", "application/cloudevents+json")
            .POST(HttpRequest.BodyPublishers.ofString(json)).build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());   // 202 after the commit
        """";

    private const string NodeEvent = """
        const event = {EVENT};
        const answer = await fetch(`${console_}/v1/events`, {
          method: "POST",
          headers: { authorization: `Bearer ${key}`, "content-type": "application/cloudevents+json" },
          body: JSON.stringify(event),
        });                                                        // 202 after the commit; sending again is safe
        """;

    private const string DotnetSpan = """
        // OTEL_SERVICE_NAME=middleware OTEL_EXPORTER_OTLP_ENDPOINT=… OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
        // OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20<key>
        using var activity = source.StartActivity("post invoice");
        activity?.SetTag("biz.invoice.id", "INV-4711").SetTag("biz.business_unit", "EMEA");
        try { await Post(invoice); }
        catch (Exception failure)
        {
            activity?.SetTag("error.type", "TAX_PROFILE_MISSING").SetStatus(ActivityStatusCode.Error, failure.Message);
            throw;
        }
        """;

    private const string JavaSpan = """
        // -Dotel.service.name=middleware -Dotel.exporter.otlp.endpoint=… -Dotel.exporter.otlp.protocol=http/protobuf
        // -Dotel.exporter.otlp.headers=authorization=Bearer%20<key>
        Span span = tracer.spanBuilder("post invoice").startSpan();
        span.setAttribute("biz.invoice.id", "INV-4711").setAttribute("biz.business_unit", "EMEA");
        try (Scope scope = span.makeCurrent()) {
            post(invoice);
        } catch (RuntimeException failure) {
            span.setAttribute("error.type", "TAX_PROFILE_MISSING").setStatus(StatusCode.ERROR, failure.getMessage());
            span.recordException(failure);
            throw failure;
        } finally {
            span.end();
        }
        """;

    private const string NodeSpan = """
        // OTEL_SERVICE_NAME=middleware OTEL_EXPORTER_OTLP_ENDPOINT=… OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
        // OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20<key>
        await tracer.startActiveSpan("post invoice", async (span) => {
          span.setAttributes({ "biz.invoice.id": "INV-4711", "biz.business_unit": "EMEA" });
          try {
            await post(invoice);
          } catch (failure) {
            span.setAttribute("error.type", "TAX_PROFILE_MISSING");
            span.setStatus({ code: SpanStatusCode.ERROR, message: failure.message });
            throw failure;
          } finally {
            span.end();
          }
        });
        """;

    /// <param name="language">Of <see cref="Languages"/>.</param>
    /// <param name="kind">Of <see cref="ConformanceChecks"/>.</param>
    public static string Of(string language, string kind) => (language, kind) switch
    {
        ("Java", ConformanceChecks.Events) => JavaEvent.Replace("{EVENT}", Event.Replace("\n", "\n    ", StringComparison.Ordinal), StringComparison.Ordinal),
        ("Node", ConformanceChecks.Events) => NodeEvent.Replace("{EVENT}", Event, StringComparison.Ordinal),
        (_, ConformanceChecks.Events) => DotnetEvent.Replace("{EVENT}", Event, StringComparison.Ordinal),
        ("Java", _) => JavaSpan,
        ("Node", _) => NodeSpan,
        _ => DotnetSpan,
    };
}
