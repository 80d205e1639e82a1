namespace OpsConsole.Events;

/// <summary>A link between two business objects under their canonical names. Stored once for each end, so that neighbours are one indexed read.</summary>
public sealed class ObjectLink
{
    public required Guid FromKey { get; init; }

    public required Guid ToKey { get; init; }

    public required string FromType { get; init; }

    public required string ToType { get; init; }

    /// <summary>The role of the far end, when a fact named one.</summary>
    public string Role { get; init; } = "";
}
