using System.Text.Json;
using System.Text;
using OpsConsole.Events;
using OpsConsole.Sources;
using OpsConsole.Storage;

namespace OpsConsole.Intake.CloudEvents;

/// <summary>Makes a fact of an envelope, or says why it cannot be one: the rules that hold for every mode.</summary>
internal sealed class EventMaker(Sender sender, DateTimeOffset receivedAt, int maxDepth)
{
    public const string SyncType = "opsconsole.sync.v1";

    private readonly CanonicalJson _canonical = new();

    /// <param name="envelope">The attributes and the data.</param>
    /// <param name="depth">How deep the whole is nested; base64 data is measured here.</param>
    /// <param name="faults">Takes what is wrong; then there is no fact.</param>
    public SyncEvent? Make(Envelope envelope, int depth, Faults faults)
    {
        Check(envelope, faults);
        var time = EventTime.Read(envelope.Time, faults);
        var content = Data(envelope, depth, time ?? default, faults);
        if (content is null || faults.Any)
        {
            return null;
        }

        var data = SyncData.Read(envelope.Data.Span, faults);
        var unit = Unit(data.BusinessUnit, faults);
        return faults.Any ? null : Event(envelope, data, unit, time!.Value, content);
    }

    private void Check(Envelope envelope, Faults faults)
    {
        if (envelope.SpecVersion is not "1.0")
        {
            faults.Add("specversion-unknown", "specversion", "must be 1.0");
        }

        Identity(envelope.Id, "id", faults);
        if (envelope.Id is not null && Encoding.UTF8.GetByteCount(envelope.Id) > Columns.Identity)
        {
            faults.Add("id-too-long", "id", $"must be at most {Columns.Identity} bytes long in UTF-8");
        }

        Identity(envelope.Source, "source", faults);
        Fits(envelope.Source, "source", 2 * Columns.Identity, faults);
        if (envelope.Source is { } source && sender.CloudEventSources.Count > 0 && !sender.CloudEventSources.Contains(source))
        {
            faults.Add("source-not-allowed", "source", $"the key of {sender.Name} may not use {Faults.Quote(source)}");
        }

        Identity(envelope.Type, "type", faults);
        Fits(envelope.Type, "type", Columns.Identity, faults);
        if (envelope.Type is { } type and not SyncType)
        {
            faults.Add("unknown-type", "type", $"there is no mapping for {Faults.Quote(type)}; {SyncType} needs none");
        }

        Fits(envelope.Subject, "subject", 2 * Columns.Identity, faults);
        Fits(envelope.Sequence, "sequence", Columns.Identity, faults);
        Fits(envelope.CorrelationId, "correlationid", Columns.Identity, faults);
    }

    /// <summary>Checks the data's depth and texts and gives the hash of the content.</summary>
    private byte[]? Data(Envelope envelope, int depth, DateTimeOffset time, Faults faults)
    {
        if (envelope.Data.IsEmpty)
        {
            faults.Add("data-missing", "data", "is required");
            return null;
        }

        if (!envelope.DataIsJson && !Scan(envelope, ref depth, faults))
        {
            return null;
        }

        if (depth > maxDepth)
        {
            faults.Add("too-deep", "data", $"must be nested at most {maxDepth} levels deep, has {depth}");
            return null;
        }

        var hash = _canonical.Hash(envelope.Type ?? "", envelope.Subject, time.UtcTicks, envelope.Data.Span);
        if (_canonical.Problem is { } problem)
        {
            faults.Add(problem.Reason, string.IsNullOrEmpty(problem.Member) ? "data" : problem.Member, problem.Wanted);
            return null;
        }

        return hash;
    }

    /// <summary>Data that came as bytes of its own: the body's scan has not seen it.</summary>
    private static bool Scan(Envelope envelope, ref int depth, Faults faults)
    {
        try
        {
            var scan = JsonScan.Of(envelope.Data, elements: false);
            depth = scan.Elements[0].Depth;
            if (!scan.Readable.Equals(envelope.Data))
            {
                faults.Add("nul", "data", "holds a NUL byte, which no text may");
            }
        }
        catch (JsonException)
        {
            faults.Add("data-not-json", "data", $"must be JSON{(envelope.DataContentType is { } type ? $", came as {Faults.Quote(type)}" : "")}");
        }

        return !faults.Any;
    }

    private string? Unit(string? unit, Faults faults)
    {
        if (unit is null)
        {
            return sender.Units is [var only] ? only : null;
        }

        if (sender.Units.Count > 0 && !sender.Units.Contains(unit))
        {
            faults.Add("unit-not-allowed", "businessUnit", $"the key of {sender.Name} may not speak for {Faults.Quote(unit)}, only for {string.Join(", ", sender.Units)}");
        }

        return unit;
    }

    private SyncEvent Event(Envelope envelope, SyncData data, string? unit, DateTimeOffset time, byte[] content) => new()
    {
        Key = Ids.OfEvent(envelope.Source!, envelope.Id!),
        SenderId = sender.SourceId,
        Source = envelope.Source!,
        Id = envelope.Id!,
        Type = envelope.Type!,
        Subject = envelope.Subject,
        Time = time,
        ReceivedAt = receivedAt,
        Content = content,
        SpokenKey = Ids.OfObject(data.EntityType!, data.EntityId!),
        EntityType = data.EntityType!,
        EntityId = data.EntityId!,
        System = data.System!,
        Operation = data.Operation ?? "",
        Outcome = data.Outcome!.Value,
        State = data.State,
        Version = data.Version,
        Sequence = envelope.Sequence,
        BusinessUnit = unit,
        LegalEntity = data.LegalEntity,
        Region = data.Region,
        Amount = data.Amount,
        Currency = data.Currency,
        ErrorCode = data.Error?.Code,
        ErrorCategory = data.Error?.Category,
        ErrorMessage = data.Error?.Message,
        ErrorAttribute = data.Error?.Attribute,
        ErrorRetryable = data.Error?.Retryable,
        Attributes = data.Attributes,
        TraceId = TraceParent.TraceId(envelope.TraceParent),
        CorrelationId = envelope.CorrelationId,
        Extensions = envelope.Extensions,
        ReplayTarget = data.ReplayTarget,
        IdempotencyKey = data.IdempotencyKey,
        Names = data.Names,
        HasPayload = data.HasPayload,
        Data = envelope.Data.ToArray(),
    };

    private static void Identity(string? value, string attribute, Faults faults)
    {
        if (string.IsNullOrEmpty(value))
        {
            faults.Add($"{attribute}-missing", attribute, "is required");
        }
    }

    private static void Fits(string? value, string attribute, int most, Faults faults)
    {
        if (value?.Length > most)
        {
            faults.Add("too-long", attribute, $"must be at most {most} characters long, has {value.Length}");
        }
    }
}
