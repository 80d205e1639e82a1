namespace OpsConsole.Cases;

public enum SignalKind : short
{
    /// <summary>An operation on an object failed in a system. Keyed by (object, system, operation).</summary>
    Failure = 0,

    /// <summary>A milestone did not come before its deadline. Keyed by (flow, lead object, milestone).</summary>
    Missing = 1,
}

/// <summary>
/// What the facts say about one exception: folded, recomputed from them whenever one of them arrives, never touched by people. The case
/// worker reads what changed and moves the exception that people see.
/// </summary>
public sealed record ExceptionSignal
{
    /// <summary>Computed from the key, and the exception's id too: <see cref="OfFailure"/>, <see cref="OfMissing"/>.</summary>
    public required Guid Id { get; init; }

    public required SignalKind Kind { get; init; }

    /// <summary>The object, or the lead of the transaction.</summary>
    public required Guid ObjectKey { get; init; }

    public required string ObjectType { get; init; }

    public required string ObjectId { get; init; }

    public string? ObjectLabel { get; init; }

    /// <summary>The system that refused; for what did not come, the flow.</summary>
    public required string System { get; init; }

    /// <summary>Empty when absent; for what did not come, the milestone.</summary>
    public required string Operation { get; init; }

    /// <summary>How many failure spells there were, the present one included (wire contract §3.1).</summary>
    public required int Spells { get; init; }

    public required bool Open { get; init; }

    /// <summary>When the last spell began, by the events' own time.</summary>
    public required DateTimeOffset FailedAt { get; init; }

    /// <summary>Receipt of the fact that began it.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When the last spell ended, by the events' own time.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The fact that ended it.</summary>
    public byte[]? EndedBy { get; init; }

    /// <summary>The greatest failure of the last spell: type and payload follow it.</summary>
    public byte[]? FailureKey { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorCategory { get; init; }

    public string? ErrorMessage { get; init; }

    public string? ErrorAttribute { get; init; }

    public string? ReplayTarget { get; init; }

    public string? IdempotencyKey { get; init; }

    public byte[]? TraceId { get; init; }

    public bool HasPayload { get; init; }

    public required string Unit { get; init; }

    public string? LegalEntity { get; init; }

    public string? Region { get; init; }

    /// <summary>The failure's own amount, else the object's.</summary>
    public decimal? Amount { get; init; }

    public string? Currency { get; init; }

    /// <summary>The facts no longer say this under this key (an alias or a merge moved it to <see cref="MovedTo"/>).</summary>
    public bool Gone { get; init; }

    public Guid? MovedTo { get; init; }

    /// <summary>Raised at every change; the case worker clears <see cref="Changed"/> only for the version that it has read.</summary>
    public int Version { get; init; }

    public bool Changed { get; init; }

    public static Guid OfFailure(string type, string id, string system, string operation) => Ids.Key(["failure", type, id, system, operation]);

    public static Guid OfMissing(string flow, string leadType, string leadId, string milestone) => Ids.Key(["missing", flow, leadType, leadId, milestone]);
}
