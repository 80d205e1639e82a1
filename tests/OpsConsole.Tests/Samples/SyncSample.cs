using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpsConsole.Events;

namespace OpsConsole.Tests.Samples;

/// <summary>A sync-state event that is right in every field; a test names only what it is about.</summary>
internal sealed record SyncSample
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);

    public string Id { get; init; } = Guid.NewGuid().ToString("n");
    public string Source { get; init; } = "urn:samples";
    public string Type { get; init; } = "invoice";
    public string Entity { get; init; } = "INV-1";
    public string System { get; init; } = "erp";
    public string Operation { get; init; } = "create";
    public SyncOutcome Outcome { get; init; } = SyncOutcome.Succeeded;
    public string? State { get; init; }
    public string? Sequence { get; init; }
    public string? Unit { get; init; }
    public decimal? Amount { get; init; }
    public string? Currency { get; init; }
    public string? ErrorCode { get; init; }
    public DateTimeOffset Time { get; init; } = Noon;
    public DateTimeOffset ReceivedAt { get; init; } = Noon;
    public string? Attributes { get; init; }
    public byte[]? TraceId { get; init; }
    public string? CorrelationId { get; init; }
    public string? Extensions { get; init; }
    public JsonObject Data { get; init; } = [];

    /// <summary>Reads a CloudEvent as the published scenarios write it.</summary>
    public static SyncSample From(JsonElement cloudEvent)
    {
        var data = JsonNode.Parse(cloudEvent.GetProperty("data").GetRawText())!.AsObject();
        return new SyncSample
        {
            Id = cloudEvent.GetProperty("id").GetString()!,
            Source = cloudEvent.GetProperty("source").GetString()!,
            Sequence = cloudEvent.TryGetProperty("sequence", out var sequence) ? sequence.GetString() : null,
            Time = DateTimeOffset.Parse(cloudEvent.GetProperty("time").GetString()!, CultureInfo.InvariantCulture),
            Type = (string)data["entity"]!["type"]!,
            Entity = (string)data["entity"]!["id"]!,
            System = (string)data["system"]!,
            Operation = (string?)data["operation"] ?? "",
            Outcome = Enum.Parse<SyncOutcome>((string)data["outcome"]!, ignoreCase: true),
            State = (string?)data["state"],
            Unit = (string?)data["businessUnit"],
            ErrorCode = (string?)data["error"]?["code"],
            Data = data,
        };
    }

    public SyncEvent Build(Guid? batch = null) => new()
    {
        Key = Ids.OfEvent(Source, Id),
        BatchId = batch ?? Guid.NewGuid(),
        SenderId = Guid.Empty,
        Source = Source,
        Id = Id,
        Type = "opsconsole.sync.v1",
        Time = Time,
        ReceivedAt = ReceivedAt,
        Content = Ids.Hash([Data.ToJsonString()]),
        SpokenKey = Ids.OfObject(Type, Entity),
        EntityType = Type,
        EntityId = Entity,
        System = System,
        Operation = Operation,
        Outcome = Outcome,
        State = State,
        Sequence = Sequence,
        BusinessUnit = Unit,
        Amount = Amount,
        Currency = Currency,
        ErrorCode = ErrorCode,
        Attributes = Attributes,
        TraceId = TraceId,
        CorrelationId = CorrelationId,
        Extensions = Extensions,
        HasPayload = Data.ContainsKey("payload"),
        Names = Data.ContainsKey("aliases") || Data.ContainsKey("links") || Data.ContainsKey("mergedInto"),
        Data = Encoding.UTF8.GetBytes(Data.ToJsonString()),
    };

    private static readonly Func<SyncEvent, Fact> s_toFact = OpsConsole.Events.Fact.Of.Compile();

    public Fact Fact() => s_toFact(Build());
}
