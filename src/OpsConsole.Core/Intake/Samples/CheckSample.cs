using System.Text;
using System.Text.Json;
using OpsConsole.Events;
using OpsConsole.Intake.CloudEvents;
using OpsConsole.Intake.Otlp;
using OpsConsole.Sources;
using OpsConsole.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Intake.Samples;

/// <summary>What would become of a sample if it came now: a CloudEvent, a batch of them, or spans as OTLP in JSON. Read as the door reads it; nothing is stored.</summary>
/// <param name="Sample">As it would be sent.</param>
/// <param name="Source">In whose name; nothing: somebody who may send anything.</param>
/// <param name="Actor">Who asks.</param>
public sealed record CheckSample(string Sample, string? Source, Actor Actor) : IRequest<Outcome<CheckedSample>>, IGuarded
{
    /// <summary>Letters that a sample may have.</summary>
    public const int Longest = 200_000;

    public Right Needs => Right.ReadSources;
}

/// <param name="Kind"><c>events</c> or <c>spans</c>.</param>
/// <param name="Facts">One for each event or span, in the order of the sample.</param>
public sealed record CheckedSample(string Kind, IReadOnlyList<CheckedFact> Facts);

/// <param name="Name">What it is about, as far as it could be read.</param>
/// <param name="Reason">Why it would be quarantined, as a stable word; nothing when it would be stored.</param>
/// <param name="Message">The field at fault and what would be right.</param>
/// <param name="Lacks">What it would be better with.</param>
public sealed record CheckedFact(string Name, string? Reason, string? Message, IReadOnlyList<ConformanceCheck> Lacks);

internal sealed class CheckSampleHandler(OpsDb db, CloudEventReader events, OtlpReader spans, TimeProvider clock) : IRequestHandler<CheckSample, Outcome<CheckedSample>>
{
    private static readonly Sender s_anybody = new(Guid.Empty, "sample", KeyScopes.All, [], []);

    public async Task<Outcome<CheckedSample>> Handle(CheckSample request, CancellationToken cancellationToken)
    {
        if (request.Sample.Length > CheckSample.Longest)
        {
            return Refusal.Invalid("sample", $"must have at most {CheckSample.Longest} letters");
        }

        var sender = s_anybody;
        if (!string.IsNullOrEmpty(request.Source))
        {
            var source = await db.Sources.AsNoTracking().SingleOrDefaultAsync(s => s.Name == request.Source, cancellationToken);
            if (source is null || !request.Actor.Sees(source))
            {
                return Refusal.NotFound("The source");
            }

            sender = Sender.Of(source);
        }

        return Read(Encoding.UTF8.GetBytes(request.Sample), sender);
    }

    private Outcome<CheckedSample> Read(byte[] sample, Sender sender) => Shape(sample) switch
    {
        SampleShape.Event => events.Structured(sample, sender).Match<Outcome<CheckedSample>>(read => Judge(ConformanceChecks.Events, read), refusal => refusal),
        SampleShape.Batch => events.Batch(sample, sender).Match<Outcome<CheckedSample>>(read => Judge(ConformanceChecks.Events, read), refusal => refusal),
        SampleShape.Spans => spans.Json(sample, sender).Match<Outcome<CheckedSample>>(read => Judge(ConformanceChecks.Spans, read), refusal => refusal),
        SampleShape.NoJson => Refusal.Invalid("sample", "is not JSON"),
        _ => Refusal.Invalid("sample", "must be a CloudEvent (it has specversion), an array of them, or spans in OTLP's JSON (it has resourceSpans)"),
    };

    private static SampleShape Shape(byte[] sample)
    {
        try
        {
            using var json = JsonDocument.Parse(sample);
            return json.RootElement.ValueKind switch
            {
                JsonValueKind.Array => SampleShape.Batch,
                JsonValueKind.Object when json.RootElement.TryGetProperty("resourceSpans", out _) => SampleShape.Spans,
                JsonValueKind.Object when json.RootElement.TryGetProperty("specversion", out _) => SampleShape.Event,
                _ => SampleShape.Unknown,
            };
        }
        catch (JsonException)
        {
            return SampleShape.NoJson;
        }
    }

    private Outcome<CheckedSample> Judge(string kind, Delivery read)
    {
        var now = clock.GetUtcNow();
        return new CheckedSample(kind, [.. read.Readings.Select(one => one switch
        {
            { Refused: { } refused } => new CheckedFact(one.Id ?? $"number {one.Index + 1}", refused.Reason, refused.Message, []),
            { Event: { } told } => new CheckedFact($"{told.EntityType} {told.EntityId}", null, null, [.. Lacks(told, now)]),
            { Span: { } span } => new CheckedFact($"{span.Service} {span.Name}", null, null, [.. Lacks(span, one.Keys, now)]),
            _ => new CheckedFact($"number {one.Index + 1}", null, null, []),
        })]);
    }

    private static IEnumerable<ConformanceCheck> Lacks(SyncEvent told, DateTimeOffset now)
    {
        var failed = told.Outcome is SyncOutcome.Failed;
        (ConformanceCheck Check, bool Lacks)[] asked =
        [
            (ConformanceChecks.Unit, told.BusinessUnit is null),
            (ConformanceChecks.Amount, told.Amount is null && ConformanceChecks.Valued.Contains(told.EntityType)),
            (ConformanceChecks.Operation, told.Operation.Length == 0),
            (ConformanceChecks.State, !failed && told.State is null),
            (ConformanceChecks.Payload, failed && !told.HasPayload),
            (ConformanceChecks.Key, failed && told.IdempotencyKey is null),
            (ConformanceChecks.Trace, told.TraceId is null),
            (ConformanceChecks.Clock, told.Time - now > ConformanceChecks.Borne),
        ];
        return asked.Where(one => one.Lacks).Select(one => one.Check);
    }

    private static IEnumerable<ConformanceCheck> Lacks(Span span, IReadOnlyList<TraceKey> keys, DateTimeOffset now)
    {
        (ConformanceCheck Check, bool Lacks)[] asked =
        [
            (ConformanceChecks.SpanKeys, span.ParentSpanId is null && keys.Count == 0),
            (ConformanceChecks.SpanUnit, keys.Count > 0 && keys.All(key => key.Unit is null)),
            (ConformanceChecks.Service, span.Service == "unknown_service"),
            (ConformanceChecks.Message, span.Failed && span.StatusMessage is null && span.Events is null),
            (ConformanceChecks.Backwards, span.EndNanos < span.StartNanos),
            (ConformanceChecks.SpanClock, DateTimeOffset.UnixEpoch.AddTicks(span.StartNanos / 100) - now > ConformanceChecks.Borne),
        ];
        return asked.Where(one => one.Lacks).Select(one => one.Check);
    }

    private enum SampleShape
    {
        Unknown,
        NoJson,
        Event,
        Batch,
        Spans,
    }
}
