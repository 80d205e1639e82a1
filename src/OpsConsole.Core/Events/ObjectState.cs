namespace OpsConsole.Events;

/// <summary>What one system says of one business object: the greatest of its facts in the contract's order (wire contract §3.1, Order).</summary>
public sealed class ObjectState
{
    public required Guid ObjectKey { get; init; }

    public required string System { get; init; }

    public string? State { get; init; }

    public required SyncOutcome Outcome { get; init; }

    public string Operation { get; init; } = "";

    public required DateTimeOffset Time { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public long? Version { get; init; }

    /// <summary>A later fact carried a lower version than an earlier one.</summary>
    public bool VersionFell { get; init; }

    public decimal? Amount { get; init; }

    public string? Currency { get; init; }

    /// <summary>JSON object: the latest value that this system said of each attribute.</summary>
    public string? Attributes { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }

    /// <summary>The fact that decides.</summary>
    public required byte[] EventKey { get; init; }

    public int Facts { get; init; }
}
