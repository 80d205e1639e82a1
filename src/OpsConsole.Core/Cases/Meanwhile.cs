using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>
/// Whether what somebody saw of an exception still holds for what they decide. Workers note all the time where it goes, whom it was shown to and how its clock runs: that
/// makes nobody's view old. What a person did, what moved it, and what the facts say anew does.
/// </summary>
internal static class Meanwhile
{
    private static readonly CaseAction[] s_notes = [CaseAction.Route, CaseAction.Escalate, CaseAction.Pause, CaseAction.Resume];

    // Who takes it, gives it away or lays it aside decides nothing about what failed.
    private static readonly CaseAction[] s_notesAndFacts = [.. s_notes, CaseAction.Changed];

    /// <summary>True when workers only noted something since <paramref name="seen"/> that <paramref name="decided"/> does not depend on.</summary>
    public static async Task<bool> IsAside(OpsDb db, ExceptionCase @case, int seen, CaseAction decided, CancellationToken cancellationToken)
    {
        var aside = decided is CaseAction.Claim or CaseAction.Release or CaseAction.Assign or CaseAction.Snooze or CaseAction.Edit or CaseAction.Cancel ? s_notesAndFacts : s_notes;
        return seen <= @case.Version
            && !await db.CaseSteps.AsNoTracking().AnyAsync(s => s.CaseId == @case.Id && s.Version > seen && (s.Human || !aside.Contains(s.Action)), cancellationToken);
    }

    /// <summary>Of many whose versions were seen: those that are no longer as they were, for somebody who wants to send them.</summary>
    /// <param name="db">The database.</param>
    /// <param name="cases">As they are now.</param>
    /// <param name="seen">The versions that were seen; who is not named here counts as seen now.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<IReadOnlySet<Guid>> Changed(OpsDb db, IEnumerable<ExceptionCase> cases, IReadOnlyDictionary<Guid, int> seen, CancellationToken cancellationToken)
    {
        var touched = cases.Where(c => seen.TryGetValue(c.Id, out var version) && version != c.Version).ToDictionary(c => c.Id, c => c.Version);
        var changed = touched.Where(one => one.Value < seen[one.Key]).Select(one => one.Key).ToHashSet();
        foreach (var some in touched.Keys.Chunk(1_000))
        {
            var steps = await db.CaseSteps.AsNoTracking().Where(s => some.Contains(s.CaseId) && (s.Human || !s_notes.Contains(s.Action)))
                .GroupBy(s => s.CaseId).Select(steps => new { steps.Key, Last = steps.Max(s => s.Version) }).ToListAsync(cancellationToken);
            changed.UnionWith(steps.Where(one => one.Last > seen[one.Key]).Select(one => one.Key));
        }

        return changed;
    }
}
