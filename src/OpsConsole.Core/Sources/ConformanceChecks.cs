namespace OpsConsole.Sources;

/// <summary>Something that a fact may lawfully lack and that the console works better with.</summary>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Kind"><c>events</c> or <c>spans</c>.</param>
/// <param name="Title">What is lacking, in a few words.</param>
/// <param name="Of">Of which facts it is asked.</param>
/// <param name="Why">What it costs.</param>
/// <param name="Mend">What the sender should do.</param>
public sealed record ConformanceCheck(string Code, string Kind, string Title, string Of, string Why, string Mend);

/// <summary>What sources are judged by, and samples before they go live.</summary>
public static class ConformanceChecks
{
    public const string Events = "events";
    public const string Spans = "spans";

    public static readonly ConformanceCheck Unit = new(
        "unit", Events, "No business unit", "events", "What nobody's unit is named for is unassigned: few see it and no unit's rule routes it.",
        "Send businessUnit with the object's own events, or give the key one unit, which then supplies it.");

    public static readonly ConformanceCheck Amount = new(
        "amount", Events, "No amount", "events about orders, invoices, payments and credits", "Nothing says what is at risk: lists cannot rank it and no threshold asks for a second person.",
        "Send amount and currency together, as the object's own value.");

    public static readonly ConformanceCheck Operation = new(
        "operation", Events, "No operation", "events", "A success without one ends every failure of the object, and two failures of one object look like one.",
        "Send operation: create, update, post, apply.");

    public static readonly ConformanceCheck State = new(
        "state", Events, "No business state", "events that did not fail", "Milestones are reached by states: without one the transaction seems to stand still.",
        "Send state in the system's own words: posted, paid, on-hold.");

    public static readonly ConformanceCheck Payload = new(
        "payload", Events, "No payload", "failed events", "What failed cannot be repaired or replayed from here.",
        "Send the message that failed as payload, and replayTarget, so that it can be sent again.");

    public static readonly ConformanceCheck Key = new(
        "idempotency-key", Events, "No idempotency key", "failed events", "A replay gets a key derived from the event, which the target has not seen with the first attempt.",
        "Send idempotencyKey with the key that the first attempt used.");

    public static readonly ConformanceCheck Trace = new(
        "trace", Events, "No trace", "events", "The way from the event to the trace that made it is found by business key only.",
        "Send the extension traceparent of the span that was running.");

    public static readonly ConformanceCheck Clock = new(
        "clock", Events, "Clock runs ahead", "events", "They say that they happen more than 2 minutes after they were received; lags are measured wrongly, deadlines are not.",
        "Synchronise the sender's clock, and send time in UTC with its Z.");

    public static readonly ConformanceCheck SpanKeys = new(
        "keys", Spans, "No business key", "root spans", "The trace joins no invoice, order or customer: support finds it by its id only, and it is evidence of nothing.",
        "Set the attribute biz.<type>.id on a span of the trace, as biz.invoice.id = INV-1001.");

    public static readonly ConformanceCheck SpanUnit = new(
        "span-unit", Spans, "No business unit", "root spans with a business key", "Who sees one unit only does not see the trace until an event names the object's unit.",
        "Set the attribute biz.business_unit on the span or on the resource.");

    public static readonly ConformanceCheck Service = new(
        "service", Spans, "No service name", "spans", "All of them look like one service, unknown_service: neither the waterfall nor the map can tell them apart.",
        "Set OTEL_SERVICE_NAME, or the resource attribute service.name.");

    public static readonly ConformanceCheck Message = new(
        "message", Spans, "Failed without a word", "failed spans", "The span failed and does not say why: the difference analysis has only its name.",
        "Set the status' message, error.type, or record the exception.");

    public static readonly ConformanceCheck Backwards = new(
        "backwards", Spans, "Ends before it starts", "spans", "Its duration counts as zero and the critical path passes it by.",
        "Take both times from one clock.");

    public static readonly ConformanceCheck SpanClock = new(
        "span-clock", Spans, "Clock runs ahead", "latest spans", "They start more than 2 minutes after they were received: the waterfall shows waits that never were.",
        "Synchronise the clock of the machine.");

    /// <summary>How far ahead of receipt a clock is borne with.</summary>
    public static readonly TimeSpan Borne = TimeSpan.FromMinutes(2);

    /// <summary>Types of objects that are worth something.</summary>
    public static readonly IReadOnlyList<string> Valued = ["opportunity", "order", "invoice", "payment", "credit-memo", "credit", "refund"];
}
