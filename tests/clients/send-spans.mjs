// Sends one trace with the stock OpenTelemetry SDK. Where to and with which key is left to the standard environment:
// OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS, OTEL_EXPORTER_OTLP_COMPRESSION, OTEL_SERVICE_NAME.
// usage: send-spans.mjs json|proto INVOICE [failed]
// prints one line: {"traceId": "…", "spanIds": ["…"], "exported": true, "error": null}
import { SpanKind, SpanStatusCode, context, trace } from "@opentelemetry/api";
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtoExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";

const [encoding, invoice, outcome] = process.argv.slice(2);
const exporter = encoding === "proto" ? new ProtoExporter() : new JsonExporter();
const results = [];
const heard = {
  export: (spans, done) => exporter.export(spans, (result) => (results.push(result), done(result))),
  forceFlush: () => exporter.forceFlush(),
  shutdown: () => exporter.shutdown(),
};
const provider = new NodeTracerProvider({
  resource: resourceFromAttributes({ "service.name": "npm-client" }).merge(detectResources({ detectors: [envDetector] })),
  spanProcessors: [new BatchSpanProcessor(heard)],
});
const tracer = provider.getTracer("opsconsole-clients");

const parent = tracer.startSpan("sync invoice", {
  kind: SpanKind.CONSUMER,
  attributes: { "biz.invoice.id": invoice, "biz.business_unit": "EMEA", "biz.amount": "5200.00", "biz.currency": "EUR", attempt: 1, dry: false },
});
const child = tracer.startSpan("POST /invoices", { kind: SpanKind.CLIENT }, trace.setSpan(context.active(), parent));
if (outcome === "failed") {
  child.recordException(new Error("Customer ACC-17 has no tax profile"));
  child.setStatus({ code: SpanStatusCode.ERROR, message: "422" });
}
child.end();
parent.end();
await provider.forceFlush().catch((error) => results.push({ code: 1, error }));
await provider.shutdown();

const failed = results.find((result) => result.code !== 0);
console.log(
  JSON.stringify({
    traceId: parent.spanContext().traceId,
    spanIds: [parent.spanContext().spanId, child.spanContext().spanId],
    exported: results.length > 0 && !failed,
    error: failed ? String(failed.error?.message ?? failed.error) : null,
  }),
);
