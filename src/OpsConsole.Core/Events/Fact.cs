using System.Linq.Expressions;

namespace OpsConsole.Events;

/// <summary>What a fold reads of a <see cref="SyncEvent"/>: its columns, and of its data only what tells of names and links.</summary>
public sealed record Fact
{
    public required byte[] Key { get; init; }

    public required FactOrder Order { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary><see cref="Ids.OfObject"/> of the entity as it was spoken.</summary>
    public required Guid SpokenKey { get; init; }

    public required string EntityType { get; init; }

    public required string EntityId { get; init; }

    public required string System { get; init; }

    public required string Operation { get; init; }

    public required SyncOutcome Outcome { get; init; }

    public string? State { get; init; }

    public long? Version { get; init; }

    public string? BusinessUnit { get; init; }

    public string? LegalEntity { get; init; }

    public string? Region { get; init; }

    public decimal? Amount { get; init; }

    public string? Currency { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorCategory { get; init; }

    public string? ErrorMessage { get; init; }

    public string? ErrorAttribute { get; init; }

    public string? Attributes { get; init; }

    public byte[]? TraceId { get; init; }

    public string? ReplayTarget { get; init; }

    public string? IdempotencyKey { get; init; }

    public bool HasPayload { get; init; }

    /// <summary>The data, when it carries aliases, links or a merge.</summary>
    public byte[]? Said { get; init; }

    /// <summary>For queries.</summary>
    public static readonly Expression<Func<SyncEvent, Fact>> Of = e => new Fact
    {
        Key = e.Key,
        Order = new FactOrder(e.Time, e.Source, e.Sequence, e.Id),
        ReceivedAt = e.ReceivedAt,
        SpokenKey = e.SpokenKey,
        EntityType = e.EntityType,
        EntityId = e.EntityId,
        System = e.System,
        Operation = e.Operation,
        Outcome = e.Outcome,
        State = e.State,
        Version = e.Version,
        BusinessUnit = e.BusinessUnit,
        LegalEntity = e.LegalEntity,
        Region = e.Region,
        Amount = e.Amount,
        Currency = e.Currency,
        ErrorCode = e.ErrorCode,
        ErrorCategory = e.ErrorCategory,
        ErrorMessage = e.ErrorMessage,
        ErrorAttribute = e.ErrorAttribute,
        Attributes = e.Attributes,
        TraceId = e.TraceId,
        ReplayTarget = e.ReplayTarget,
        IdempotencyKey = e.IdempotencyKey,
        HasPayload = e.HasPayload,
        Said = e.Names ? e.Data : null,
    };

    private static readonly Lazy<Func<SyncEvent, Fact>> s_from = new(() => Of.Compile());

    /// <summary>The same of an event in memory.</summary>
    public static Fact From(SyncEvent said) => s_from.Value(said);
}
