using OpsConsole.Storage;

namespace OpsConsole.Replay;

public enum ReplayState : short
{
    /// <summary>Waits for its turn; <see cref="ReplayItem.DueAt"/> says when.</summary>
    Due = 0,

    /// <summary>A worker holds it. After a crash it is taken up again with the same key.</summary>
    Sending = 1,

    /// <summary>The target answered 2xx; proof is awaited.</summary>
    Delivered = 2,

    Proven = 3,

    /// <summary>No proof before the deadline, or the read-back showed otherwise.</summary>
    Disproven = 4,

    /// <summary>The target refused it for good.</summary>
    Failed = 5,

    /// <summary>The target is down; released when it is back.</summary>
    Parked = 6,

    Cancelled = 7,

    /// <summary>Waits for another exception to end, <see cref="ReplayItem.WaitsFor"/>: a customer goes before its orders, an order before its invoices.</summary>
    Waiting = 8,
}

/// <summary>One replay of one exception: a payload version to a target under one idempotency key, in as many attempts as it takes. At most one per exception is outstanding.</summary>
public sealed class ReplayItem
{
    public required Guid Id { get; init; }

    /// <summary>The order in which replays were asked for; targets are sent to in it. Given by the database.</summary>
    public long Number { get; init; }

    public required Guid CaseId { get; init; }

    public required int PayloadVersion { get; init; }

    /// <summary>The target's name.</summary>
    public required string Target { get; init; }

    /// <summary>The same at every attempt.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>SHA-256 (hex) of the payload and the target as they were when it was decided: what is sent must still have it.</summary>
    public required string Hash { get; init; }

    public required string RequestedBy { get; init; }

    public required string RequestedByName { get; init; }

    public string? ApprovedBy { get; init; }

    public string? ApprovedByName { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public ReplayState State { get; set; }

    /// <summary>Not before this moment (UTC).</summary>
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>A worker's hold ends at this moment, so that a killed one's items are taken up.</summary>
    public DateTimeOffset? HeldUntil { get; set; }

    public int Attempts { get; set; }

    /// <summary>The exception that must end before this one is sent; nothing: none is known.</summary>
    public Guid? WaitsFor { get; set; }

    public DateTimeOffset? DeliveredAt { get; set; }

    /// <summary>Proof must have come before this moment.</summary>
    public DateTimeOffset? ProofDueAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>True while it is due, waiting, sending, parked or delivered; null afterwards, so that a unique index lets only one be outstanding per exception.</summary>
    public bool? Outstanding { get; set; } = true;

    /// <summary>What proved or disproved it, in words.</summary>
    public string? Finding { get; set; }

    /// <summary>Nothing more is to come: another replay of the exception may follow.</summary>
    internal void End(ReplayState state, string finding, DateTimeOffset at)
    {
        (State, Finding, EndedAt) = (state, finding.Length > Columns.Sentence ? finding[..Columns.Sentence] : finding, at);
        (Outstanding, HeldUntil, WaitsFor) = (null, null, null);
    }
}

/// <summary>One send.</summary>
public sealed class ReplayAttempt
{
    public required Guid ItemId { get; init; }

    /// <summary>From 1; sent as <c>X-OpsConsole-Attempt</c>.</summary>
    public required int Number { get; init; }

    public required Guid CaseId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required int Milliseconds { get; init; }

    /// <summary>Nothing when no answer came.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The beginning of the answer's body, as text.</summary>
    public string? Answer { get; init; }

    /// <summary>Why no answer came.</summary>
    public string? Fault { get; init; }

    /// <summary>The new trace under which it was sent: 16 bytes.</summary>
    public required byte[] TraceId { get; init; }
}

/// <summary>A repaired payload. The original, version 0, stays in its event and is never changed.</summary>
public sealed class PayloadVersion
{
    public required Guid CaseId { get; init; }

    /// <summary>From 1.</summary>
    public required int Version { get; init; }

    public required string Body { get; init; }

    /// <summary>SHA-256 of the body, hex.</summary>
    public required string Hash { get; init; }

    public required string AuthorId { get; init; }

    public required string AuthorName { get; init; }

    public required DateTimeOffset At { get; init; }

    public string Note { get; init; } = "";

    /// <summary>A <see cref="RepairReasons"/> code.</summary>
    public string Reason { get; init; } = RepairReasons.Other;

    /// <summary>The contract that it was checked by; nothing: there was none.</summary>
    public string? Contract { get; init; }

    /// <summary>The version of <see cref="Contract"/> that was in force.</summary>
    public int? ContractVersion { get; init; }

    /// <summary>What it changed in the version before it: JSON pointers, one a line.</summary>
    public string Changed { get; init; } = "";

    /// <summary>Written by somebody with the right to change what the contract locks, who asked for it.</summary>
    public bool Raw { get; init; }
}
