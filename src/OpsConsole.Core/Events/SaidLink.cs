namespace OpsConsole.Events;

/// <summary>A link as it was spoken: permanent, undirected in meaning, both ends still unresolved.</summary>
public sealed class SaidLink
{
    /// <summary>Over both spoken ends, the speaker and the role.</summary>
    public required Guid Key { get; init; }

    public required string System { get; init; }

    public required Guid FromKey { get; init; }

    public required string FromType { get; init; }

    public required string FromId { get; init; }

    public required Guid ToKey { get; init; }

    public required string ToType { get; init; }

    public required string ToId { get; init; }

    public string Role { get; init; } = "";
}
