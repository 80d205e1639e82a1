using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>What somebody decides on what they saw of an exception: it says what may happen meanwhile without making their view old.</summary>
internal enum Decision
{
    /// <summary>Who takes it, gives it away or lays it aside. What workers note and what the facts say anew decides nothing about that.</summary>
    Hands,

    /// <summary>What becomes of this one. Only what workers note is aside; what a person did never is.</summary>
    Fate,

    /// <summary>
    /// That it goes with many. Also what is said of it and through whose hands it went is aside, since state and holder are judged by themselves when its turn comes:
    /// else a selection of thousands would lose an item with every comment.
    /// </summary>
    Bulk,
}

/// <summary>
/// Whether what somebody saw of exceptions still holds for what they decide. Workers note all the time where one goes, whom it was shown to and how its clock runs: that
/// makes nobody's view old.
/// </summary>
internal static class Meanwhile
{
    // What one question names at most.
    private const int Lot = 1_000;

    private static readonly CaseAction[] s_notes = [CaseAction.Route, CaseAction.Escalate, CaseAction.Pause, CaseAction.Resume];

    /// <summary>True when nothing happened since <paramref name="seen"/> that <paramref name="decided"/> depends on.</summary>
    public static async Task<bool> IsAside(OpsDb db, ExceptionCase @case, int seen, CaseAction decided, CancellationToken cancellationToken)
    {
        var hands = decided is CaseAction.Claim or CaseAction.Release or CaseAction.Assign or CaseAction.Snooze or CaseAction.Edit or CaseAction.Cancel;
        return (await Changes(db, [(@case, seen)], hands ? Decision.Hands : Decision.Fate, cancellationToken)).Count == 0;
    }

    /// <summary>Those of many that are no longer as they were.</summary>
    /// <param name="db">The database.</param>
    /// <param name="seen">Exceptions as they are now, each with the version that was seen.</param>
    /// <param name="decided">What for.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Each with what changed it last: <c>repair, Ines Moreau</c>.</returns>
    public static async Task<Dictionary<Guid, string>> Changes(
        OpsDb db, IEnumerable<(ExceptionCase Case, int Seen)> seen, Decision decided, CancellationToken cancellationToken)
    {
        var moved = seen.Where(one => one.Case.Version != one.Seen).ToList();
        var said = moved.Where(one => one.Seen > one.Case.Version).ToDictionary(one => one.Case.Id, one => $"there is no version {one.Seen} of it");
        foreach (var lot in moved.Where(one => one.Seen < one.Case.Version).Chunk(Lot))
        {
            var versions = lot.ToDictionary(one => one.Case.Id, one => one.Seen);
            foreach (var step in (await Steps(db, versions, decided, cancellationToken)).Where(step => step.Version > versions[step.CaseId]).OrderBy(step => step.Version))
            {
                said[step.CaseId] = $"{CaseWords.Code(step.Action)}, {step.ActorName}";
            }
        }

        return said;
    }

    private static Task<List<Taken>> Steps(OpsDb db, Dictionary<Guid, int> versions, Decision decided, CancellationToken cancellationToken)
    {
        var ids = versions.Keys.ToList();
        var oldest = versions.Values.Min();
        var aside = Aside(decided);
        var people = decided is not Decision.Bulk;
        return db.CaseSteps.AsNoTracking()
            .Where(s => ids.Contains(s.CaseId) && s.Version > oldest && ((people && s.Human) || !aside.Contains(s.Action)))
            .Select(s => new Taken(s.CaseId, s.Version, s.Action, s.ActorName))
            .ToListAsync(cancellationToken);
    }

    private static CaseAction[] Aside(Decision decided) => decided switch
    {
        Decision.Hands => [.. s_notes, CaseAction.Changed],
        Decision.Bulk => [.. s_notes, CaseAction.Found, CaseAction.Comment, CaseAction.Claim, CaseAction.Assign, CaseAction.Release],
        _ => s_notes,
    };

    private sealed record Taken(Guid CaseId, int Version, CaseAction Action, string ActorName);
}
