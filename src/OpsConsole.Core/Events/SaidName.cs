namespace OpsConsole.Events;

public enum NameKind : short
{
    /// <summary>The name means what the target means.</summary>
    Alias = 0,

    /// <summary>The object was merged into the target.</summary>
    Merge = 1,
}

/// <summary>
/// The latest statement, in the contract's order, that one system's name for an object means another name. Names are kept as spoken and
/// resolved when read, so that the order of arrival does not matter.
/// </summary>
public sealed class SaidName
{
    /// <summary>Alias: <see cref="Ids.OfName"/> of the name. Merge: the same with <c>merge</c> in front.</summary>
    public required Guid Key { get; init; }

    public required NameKind Kind { get; init; }

    /// <summary><see cref="Ids.OfObject"/> of (type, id), whoever speaks.</summary>
    public required Guid SpokenKey { get; init; }

    public required string Type { get; init; }

    public required string System { get; init; }

    public required string Id { get; init; }

    public required Guid TargetSpokenKey { get; init; }

    public required string TargetType { get; init; }

    public required string TargetSystem { get; init; }

    public required string TargetId { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required string Source { get; init; }

    public string? Sequence { get; init; }

    public required string EventId { get; init; }
}
