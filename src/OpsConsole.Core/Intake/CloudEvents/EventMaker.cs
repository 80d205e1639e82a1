using System.Text.Json;
using System.Text;
using OpsConsole.Events;
using OpsConsole.Intake.Hooks;
using OpsConsole.Intake.Mappings;
using OpsConsole.Sources;
using OpsConsole.Storage;

namespace OpsConsole.Intake.CloudEvents;

/// <summary>Makes a fact of an envelope, or says why it cannot be one: the rules that hold for every mode.</summary>
internal sealed class EventMaker(Sender sender, DateTimeOffset receivedAt, int maxDepth, MappingBook mappings)
{
    public const string SyncType = "opsconsole.sync.v1";

    private readonly CanonicalJson _canonical = new();

    /// <param name="envelope">The attributes and the data.</param>
    /// <param name="depth">How deep the whole is nested; base64 data is measured here.</param>
    /// <param name="clean">The whole body is UTF-8 without NUL.</param>
    /// <param name="faults">Takes what is wrong; then there is no fact.</param>
    public SyncEvent? Make(Envelope envelope, int depth, bool clean, Faults faults)
    {
        var mapping = Check(envelope, faults);
        var time = mapping is not null && envelope.Time is null ? null : EventTime.Read(envelope.Time, faults);
        var content = Data(envelope, depth, time ?? default, clean, faults);
        if (content is null || faults.Any)
        {
            return null;
        }

        var said = mapping is { } map
            ? Translation.Of(map.Definition, map.Version, envelope, receivedAt, sender.Name, faults)
            : new Said(envelope.Id!, time!.Value, envelope.Data);
        if (said is null)
        {
            return null;
        }

        var data = SyncData.Read(said.Data.Span, faults, mapped: mapping is not null);
        var unit = Unit(data.BusinessUnit, faults);
        return faults.Any ? null : Event(envelope, said, data, unit, content);
    }

    /// <returns>What takes the event in when it is of a foreign type.</returns>
    private (MappingDefinition Definition, int Version)? Check(Envelope envelope, Faults faults)
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
        if (envelope.Source is { } source && sender.CloudEventSources.Count > 0 && !sender.CloudEventSources.Contains(source) && source != HookReader.SourceOf(sender.Name))
        {
            faults.Add("source-not-allowed", "source", $"the key of {sender.Name} may not use {Faults.Quote(source)}");
        }

        Identity(envelope.Type, "type", faults);
        Fits(envelope.Type, "type", Columns.Identity, faults);
        var mapping = envelope.Type is { Length: > 0 } foreign and not SyncType ? mappings.Find(foreign, envelope.Source) : null;
        if (mapping is null && envelope.Type is { } type and not SyncType)
        {
            faults.Add("unknown-type", "type", $"there is no mapping for {Faults.Quote(type)}; {SyncType} needs none");
        }

        Fits(envelope.Subject, "subject", 2 * Columns.Identity, faults);
        Fits(envelope.Sequence, "sequence", Columns.Identity, faults);
        Fits(envelope.CorrelationId, "correlationid", Columns.Identity, faults);
        return mapping;
    }

    /// <summary>Checks the data's depth and texts and gives the hash of the content.</summary>
    private byte[]? Data(Envelope envelope, int depth, DateTimeOffset time, bool clean, Faults faults)
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

        var hash = _canonical.Hash(envelope.Type ?? "", envelope.Subject, time.UtcTicks, envelope.Data.Span, clean && envelope.DataIsJson);
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

    private SyncEvent Event(Envelope envelope, Said said, SyncData data, string? unit, byte[] content) => new()
    {
        Key = Ids.OfEvent(envelope.Source!, said.Id),
        SenderId = sender.SourceId,
        Source = envelope.Source!,
        Id = said.Id,
        Type = envelope.Type!,
        Subject = envelope.Subject,
        Time = said.Time,
        ReceivedAt = receivedAt,
        Content = content,
        SpokenKey = Ids.OfObject(data.EntityType!, data.EntityId!),
        EntityType = data.EntityType!,
        EntityId = data.EntityId!,
        System = data.System!,
        Operation = data.Operation ?? "",
        Outcome = data.Outcome ?? SyncOutcome.Noted,
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
        Data = said.Data.ToArray(),
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
