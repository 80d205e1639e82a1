namespace OpsConsole.Intake;

/// <summary>
/// How much a write looks up before it writes. The unique key decides in any case: what is missed here fails as a duplicate key, and the write is
/// done again with <see cref="Everything"/> looked up.
/// </summary>
internal enum Caution
{
    /// <summary>Whoever sends again, as a rule sends a whole body again: only where the first fact of a body is known, the others of it are looked up.</summary>
    FirstOfEachBody,

    /// <summary>Every fact is looked up.</summary>
    Everything,
}
