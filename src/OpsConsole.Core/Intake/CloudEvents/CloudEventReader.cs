using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Extensions.Options;
using OpsConsole.Intake.Mappings;
using OpsConsole.Projection;
using OpsConsole.Sources;
using OpsConsole.Storage;

namespace OpsConsole.Intake.CloudEvents;

/// <summary>Bodies of CloudEvents 1.0 over HTTP → facts, or what is wrong with each that cannot be one. A syntax error anywhere refuses the whole body.</summary>
public sealed class CloudEventReader(IOptions<IntakeOptions> options, MappingBook mappings, TimeProvider clock)
{
    public const string StructuredType = "application/cloudevents+json";
    public const string BatchType = "application/cloudevents-batch+json";

    /// <summary>Batched mode: a JSON array of events.</summary>
    public Outcome<Delivery> Batch(ReadOnlyMemory<byte> body, Sender sender) => Structured(body, sender, batch: true);

    /// <summary>Structured mode: one event, its attributes and data in one JSON object.</summary>
    public Outcome<Delivery> Structured(ReadOnlyMemory<byte> body, Sender sender) => Structured(body, sender, batch: false);

    /// <summary>The same; refused, the event is one row in quarantine with every other that has <paramref name="same"/>.</summary>
    internal Outcome<Delivery> Structured(ReadOnlyMemory<byte> body, Sender sender, ReadOnlyMemory<byte> same) => Structured(body, sender, batch: false, same);

    /// <summary>Binary mode: attributes in <c>ce-*</c> headers, the body as data.</summary>
    public Outcome<Delivery> Binary(IReadOnlyList<KeyValuePair<string, string>> headers, string? contentType, ReadOnlyMemory<byte> body, Sender sender)
    {
        ArgumentNullException.ThrowIfNull(headers);
        var readable = body;
        var json = false;
        var depth = 0;
        if (!body.IsEmpty && SaysJson(contentType))
        {
            try
            {
                var scan = JsonScan.Of(body, elements: false);
                (readable, json, depth) = (scan.Readable, true, scan.Elements[0].Depth);
            }
            catch (JsonException failure)
            {
                return Malformed(failure);
            }
        }

        var receivedAt = EventTime.Microseconds(clock.GetUtcNow());
        var faults = new Faults();
        var envelope = BinaryEnvelope.Read(headers, contentType, faults);
        envelope.SetData(readable, isJson: json);
        NoRawNul(body.Span, faults);
        var whole = BinaryEnvelope.Structured(headers, contentType, body.Span, json);
        var reading = Read(0, envelope, depth, whole, faults, Maker(sender, receivedAt), sender, receivedAt, clean: false);
        return new Delivery(sender, FactKind.Events, [reading], receivedAt);
    }

    private Outcome<Delivery> Structured(ReadOnlyMemory<byte> body, Sender sender, bool batch, ReadOnlyMemory<byte> same = default)
    {
        JsonScan scan;
        try
        {
            scan = JsonScan.Of(body, elements: batch);
        }
        catch (JsonException failure)
        {
            return Malformed(failure);
        }

        if (batch && scan.Kind is not JsonTokenType.StartArray)
        {
            return Refusal.Invalid("body", "must be a JSON array of events in batched mode");
        }

        var receivedAt = EventTime.Microseconds(clock.GetUtcNow());
        var maker = Maker(sender, receivedAt);
        var clean = Utf8.IsValid(body.Span) && !body.Span.Contains((byte)0);
        var readings = new Reading[scan.Elements.Count];
        for (var i = 0; i < readings.Length; i++)
        {
            var element = scan.Elements[i];
            var bytes = body.Slice(element.Start, element.Length);
            var faults = new Faults();
            if (!clean)
            {
                NoRawNul(bytes.Span, faults);
            }

            var envelope = StructuredEnvelope.Read(scan.Readable.Slice(element.Start, element.Length), faults);
            readings[i] = Read(i, envelope, element.Depth - 1, bytes, faults, maker, sender, receivedAt, clean, same);
        }

        return new Delivery(sender, FactKind.Events, readings, receivedAt);
    }

    private static Reading Read(
        int index, Envelope envelope, int depth, ReadOnlyMemory<byte> bytes, Faults faults, EventMaker maker, Sender sender, DateTimeOffset receivedAt,
        bool clean, ReadOnlyMemory<byte> same = default)
    {
        return maker.Make(envelope, depth, clean, faults) is { } made
            ? Reading.Of(index, made, bytes)
            : Reading.Of(index, Refuse(envelope, bytes, faults, sender, receivedAt, same), envelope.Id, bytes);
    }

    private static Quarantined Refuse(Envelope envelope, ReadOnlyMemory<byte> bytes, Faults faults, Sender sender, DateTimeOffset receivedAt, ReadOnlyMemory<byte> same)
    {
        var source = Kept(envelope.Source, 2 * Columns.Identity);
        var id = Kept(envelope.Id, Columns.Identity);
        return Quarantine.Of(FactKind.Events, sender, faults.Reason!, faults.Message, StructuredType, bytes.Span, receivedAt, source, id, Kept(envelope.Type, Columns.Identity), same.Span);
    }

    private static string? Kept(string? value, int most) => value is { Length: > 0 } && value.Length <= most ? value : null;

    // The readable copy has another letter in its place, so the texts alone would not show it.
    private static void NoRawNul(ReadOnlySpan<byte> bytes, Faults faults)
    {
        if (bytes.IndexOf((byte)0) is var at and >= 0)
        {
            faults.Add("nul", "event", $"holds a NUL byte at {at}, which no text may");
        }
    }

    private static bool SaysJson(string? contentType)
    {
        var media = contentType?.Split(';')[0].Trim() ?? "application/json";
        return media.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || media.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    private static Refusal Malformed(JsonException failure) =>
        Refusal.Invalid("body", $"is not JSON at line {failure.LineNumber + 1}, byte {failure.BytePositionInLine + 1}; nothing of it was stored");

    private EventMaker Maker(Sender sender, DateTimeOffset receivedAt) => new(sender, receivedAt, options.Value.MaxDepth, mappings);
}
