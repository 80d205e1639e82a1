namespace OpsConsole.Events;

/// <summary>
/// A fact: one sync-state event as it was received. Never changed after it was stored; everything that is shown is a fold over these.
/// The columns beside <see cref="Data"/> are what folds read, so that they need not parse it.
/// </summary>
public sealed class SyncEvent
{
    /// <summary>SHA-256 of (source, 0, id): <see cref="Ids.OfEvent"/>.</summary>
    public required byte[] Key { get; init; }

    /// <summary>The write that brought it, by which the projector finds it. Given when it is written.</summary>
    public Guid BatchId { get; internal set; }

    /// <summary>The registered source whose key sent it.</summary>
    public required Guid SenderId { get; init; }

    /// <summary>CloudEvents <c>source</c>.</summary>
    public required string Source { get; init; }

    /// <summary>CloudEvents <c>id</c>.</summary>
    public required string Id { get; init; }

    public required string Type { get; init; }

    public string? Subject { get; init; }

    /// <summary>When it happened at the source: UTC, microseconds. Business lag is measured by it.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>When it was received: UTC. Deadlines and SLA clocks count from it.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>SHA-256 over type, subject, time and data with sorted keys and numbers by value: the same identity with another one is a conflict.</summary>
    public required byte[] Content { get; init; }

    /// <summary><see cref="Ids.OfObject"/> of the entity as it was spoken, before aliases and merges.</summary>
    public required Guid SpokenKey { get; init; }

    public required string EntityType { get; init; }

    public required string EntityId { get; init; }

    /// <summary>The system speaking.</summary>
    public required string System { get; init; }

    /// <summary>Empty when absent.</summary>
    public string Operation { get; init; } = "";

    public required SyncOutcome Outcome { get; init; }

    public string? State { get; init; }

    public long? Version { get; init; }

    public string? Sequence { get; init; }

    public string? BusinessUnit { get; init; }

    public string? LegalEntity { get; init; }

    public string? Region { get; init; }

    public decimal? Amount { get; init; }

    public string? Currency { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorCategory { get; init; }

    public string? ErrorMessage { get; init; }

    public string? ErrorAttribute { get; init; }

    public bool? ErrorRetryable { get; init; }

    /// <summary>The canonical attributes as that system holds them: a JSON object, or nothing.</summary>
    public string? Attributes { get; internal set; }

    /// <summary>From the <c>traceparent</c> extension: 16 bytes.</summary>
    public byte[]? TraceId { get; init; }

    public string? CorrelationId { get; init; }

    /// <summary>The extension attributes that have no column of their own: a JSON object, or nothing.</summary>
    public string? Extensions { get; init; }

    public string? ReplayTarget { get; init; }

    public string? IdempotencyKey { get; init; }

    /// <summary>True when <see cref="Data"/> carries aliases, links or a merge, so that folds parse only those.</summary>
    public bool Names { get; init; }

    public bool HasPayload { get; init; }

    /// <summary>The event's <c>data</c> as it came, byte for byte: UTF-8 JSON.</summary>
    public byte[] Data { get; internal set; } = [];
}
