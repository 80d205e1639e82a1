using System.Globalization;
using Google.Protobuf;
using OpsConsole.Intake.Otlp.Wire;

namespace OpsConsole.Bench.Ratios;

/// <summary>
/// OTLP bodies as a collector sends them: batches of <see cref="PerBody"/> spans of four services, ten spans a trace, about 390 bytes of
/// attributes each, one in ten names a business object, one in fifty failed. No id comes twice.
/// </summary>
internal static class SpanBodies
{
    public const int PerBody = 1_000;
    private const int PerTrace = 10;

    private static readonly string[] s_services = ["crm-gateway", "integration-hub", "billing-adapter", "erp-adapter"];
    private static readonly string[] s_steps = ["receive order", "map order", "POST /v2/invoices", "read customer", "publish invoice", "consume invoice", "POST /api/records", "lookup tax", "write ledger", "confirm"];

    /// <param name="count">How many spans, a multiple of <see cref="PerBody"/>.</param>
    /// <param name="now">They started shortly before.</param>
    public static IReadOnlyList<byte[]> Make(int count, DateTimeOffset now) =>
        [.. Enumerable.Range(0, count / PerBody).Select(body => Body(now.AddMilliseconds(-body)).ToByteArray())];

    private static ExportTraceServiceRequest Body(DateTimeOffset at)
    {
        var scopes = s_services.Select(_ => new ScopeSpans { Scope = new InstrumentationScope { Name = "Acme.Middleware", Version = "3.2.1" } }).ToList();
        for (var trace = 0; trace < PerBody / PerTrace; trace++)
        {
            Trace(scopes, at);
        }

        var request = new ExportTraceServiceRequest();
        for (var i = 0; i < s_services.Length; i++)
        {
            var resource = new Resource();
            resource.Attributes.Add(Text("service.name", s_services[i]));
            resource.Attributes.Add(Text("service.version", "3.2.1"));
            resource.Attributes.Add(Text("deployment.environment.name", "production"));
            request.ResourceSpans.Add(new ResourceSpans { Resource = resource, ScopeSpans = { scopes[i] } });
        }

        return request;
    }

    private static void Trace(List<ScopeSpans> scopes, DateTimeOffset at)
    {
        var trace = ByteString.CopyFrom(Guid.NewGuid().ToByteArray());
        var start = (ulong)((at - DateTimeOffset.UnixEpoch).Ticks * 100) - (ulong)Random.Shared.NextInt64(60_000_000_000);
        var order = Random.Shared.Next(1_000_000);
        ByteString? parent = null;
        for (var i = 0; i < PerTrace; i++)
        {
            var id = ByteString.CopyFrom(BitConverter.GetBytes(Random.Shared.NextInt64(1, long.MaxValue)));
            var failed = Random.Shared.Next(50) == 0;
            var span = new Span
            {
                TraceId = trace,
                SpanId = id,
                ParentSpanId = parent ?? ByteString.Empty,
                Name = s_steps[i],
                Kind = (Span.Types.SpanKind)(1 + (i % 5)),
                StartTimeUnixNano = start + ((ulong)i * 3_000_000),
                EndTimeUnixNano = start + ((ulong)i * 3_000_000) + 20_000_000,
                Status = failed ? new Status { Code = Status.Types.StatusCode.Error, Message = "422 Unprocessable Entity" } : null,
            };
            span.Attributes.Add(Attributes(i, order, failed));
            scopes[i % scopes.Count].Spans.Add(span);
            parent ??= id;
        }
    }

    private static IEnumerable<KeyValue> Attributes(int step, int order, bool failed)
    {
        yield return Text("http.request.method", "POST");
        yield return Text("url.full", string.Create(CultureInfo.InvariantCulture, $"https://erp.acme.example/api/v2/records/invoice/{order}/lines?expand=tax,customer"));
        yield return Text("server.address", "erp.acme.example");
        yield return Number("server.port", 443);
        yield return Number("http.response.status_code", failed ? 422 : 200);
        yield return Text("network.protocol.version", "1.1");
        yield return Text("user_agent.original", "acme-middleware/3.2.1 (dotnet)");
        yield return Text("code.function.name", "Acme.Middleware.Sync.InvoiceWriter.WriteLines");
        yield return Number("thread.id", 17 + step);
        if (step == 0)
        {
            yield return Text("biz.order.id", string.Create(CultureInfo.InvariantCulture, $"SO-{order}"));
            yield return Text("biz.business_unit", "EMEA");
        }
    }

    private static KeyValue Text(string key, string value) => new() { Key = key, Value = new AnyValue { StringValue = value } };

    private static KeyValue Number(string key, long value) => new() { Key = key, Value = new AnyValue { IntValue = value } };
}
