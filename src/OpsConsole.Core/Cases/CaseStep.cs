namespace OpsConsole.Cases;

/// <summary>One line of an exception's history: who, when, why, and the version that it made.</summary>
public sealed class CaseStep
{
    public required Guid CaseId { get; init; }

    /// <summary>Part of the key, so no two steps can both claim to follow the same state.</summary>
    public required int Version { get; init; }

    public required CaseState From { get; init; }

    public required CaseState To { get; init; }

    public required CaseAction Action { get; init; }

    public required string ActorId { get; init; }

    public required string ActorName { get; init; }

    public bool Human { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset At { get; init; }
}
