using System.Text.Json.Nodes;

namespace OpsConsole.Simulator.Outbox;

/// <summary>The data of an <c>opsconsole.sync.v1</c> event, field for field as CONTRACT §3.1 names them. Null fields are left out.</summary>
internal sealed record SyncFact
{
    public required ObjectRef Entity { get; init; }
    public IReadOnlyList<Alias>? Aliases { get; init; }
    public required string System { get; init; }
    public string? Operation { get; init; }

    /// <summary><c>succeeded</c>, <c>pending</c> or <c>failed</c>.</summary>
    public required string Outcome { get; init; }
    public string? State { get; init; }
    public int? Version { get; init; }
    public IReadOnlyList<ObjectRef>? Links { get; init; }
    public string? BusinessUnit { get; init; }
    public string? LegalEntity { get; init; }
    public string? Region { get; init; }
    public string? Amount { get; init; }
    public string? Currency { get; init; }
    public IReadOnlyDictionary<string, object?>? Attributes { get; init; }
    public SyncError? Error { get; init; }
    public JsonObject? Payload { get; init; }
    public string? ReplayTarget { get; init; }
    public string? IdempotencyKey { get; init; }
}

internal sealed record ObjectRef(string Type, string Id, string? Role = null);

internal sealed record Alias(string System, string Id);

internal sealed record SyncError(string Code, string Category, string Message, string? Attribute, bool Retryable);
