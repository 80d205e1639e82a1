namespace OpsConsole.Replay;

/// <summary>Reads the target's present state and says what a replay would do there. Writes nothing, anywhere.</summary>
/// <param name="CaseId">The exception.</param>
/// <param name="Body">A payload that is not saved yet; nothing: what a replay would send now.</param>
/// <param name="Actor">Who asks.</param>
public sealed record DryRun(Guid CaseId, string? Body, Actor Actor) : IRequest<Outcome<DryRunResult>>, IGuarded
{
    public Right Needs => Right.WorkCases;
}

public enum DryRunVerdict
{
    /// <summary>The target does not know the object: it would be created.</summary>
    Create,

    /// <summary>The target holds it with other values: they would be changed.</summary>
    Update,

    /// <summary>The target holds it just so: nothing would change.</summary>
    NoOp,

    /// <summary>It would be created, but the target already holds it with other values.</summary>
    Conflict,

    /// <summary>The target cannot be asked.</summary>
    Unknown,
}

/// <param name="Verdict">What would happen.</param>
/// <param name="Sentence">The same in words.</param>
/// <param name="Differences">Attribute by attribute: what the target holds and what would be sent.</param>
/// <param name="Target">The target's name.</param>
/// <param name="At">When it was asked.</param>
public sealed record DryRunResult(DryRunVerdict Verdict, string Sentence, IReadOnlyList<AttributeDifference> Differences, string Target, DateTimeOffset At);

/// <param name="Name">The attribute.</param>
/// <param name="Present">What the target holds; nothing: it has none.</param>
/// <param name="Sent">What would be sent.</param>
public sealed record AttributeDifference(string Name, string? Present, string? Sent);
