using OpsConsole.Intake.CloudEvents;
using OpsConsole.Intake.Otlp;
using OpsConsole.Projection;
using OpsConsole.Sources;

namespace OpsConsole.Intake.Bulk;

/// <summary>Reads refused facts again, as they are (a rule or a mapping may have changed) or mended. Nothing is stored.</summary>
internal sealed class RefusedReader(CloudEventReader events, OtlpReader spans, OtlpLogReader logs)
{
    /// <summary>One fact that can be stored now, or why not.</summary>
    /// <param name="row">As it was kept.</param>
    /// <param name="mended">What to read instead of its bytes; nothing: its bytes.</param>
    /// <param name="sender">Whose it is.</param>
    public Outcome<Delivery> Read(Quarantined row, ReadOnlyMemory<byte>? mended, Sender sender)
    {
        var body = mended ?? row.Bytes;
        IOtlpSignal signal = row.Kind == FactKind.Logs ? logs : spans;
        var read = row.Kind == FactKind.Events ? events.Structured(body, sender)
            : row.ContentType == OtlpReader.JsonType || mended is not null ? signal.Json(body, sender)
            : signal.Protobuf(body, sender);
        if (read.Value is not { } delivery)
        {
            return read.Refusal!;
        }

        return delivery.Readings is not [var reading] ? Refusal.Invalid("body", "must hold exactly one fact")
            : reading.Refused is { } still ? new Refusal(RefusalKind.Invalid, still.Reason, still.Message)
            : delivery;
    }

    /// <summary>The same with a patch, which only facts kept as JSON take.</summary>
    public Outcome<Delivery> Read(Quarantined row, MergePatch? patch, Sender sender) =>
        patch is null ? Read(row, default(ReadOnlyMemory<byte>?), sender)
        : row.ContentType.EndsWith("json", StringComparison.Ordinal) && patch.Apply(row.Bytes) is { } mended ? Read(row, (ReadOnlyMemory<byte>?)mended, sender)
        : Refusal.Invalid("body", "is no JSON object, so a patch cannot be applied; mend it by hand");
}
