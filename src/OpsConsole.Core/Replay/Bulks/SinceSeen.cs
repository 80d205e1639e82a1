using OpsConsole.Cases;
using OpsConsole.Storage;

namespace OpsConsole.Replay.Bulks;

/// <summary>
/// What happened to exceptions since they were seen, as far as it changes what a bulk would send. Where one waits, who holds it and what is said of it does not:
/// else a selection of thousands would lose an item with every rule, deadline and comment. State and holder are judged by themselves.
/// </summary>
internal static class SinceSeen
{
    private const int Lot = 1000;

    private static readonly List<CaseAction> s_harmless =
    [
        CaseAction.Found, CaseAction.Comment, CaseAction.Route, CaseAction.Escalate, CaseAction.Pause, CaseAction.Resume,
        CaseAction.Claim, CaseAction.Assign, CaseAction.Release,
    ];

    /// <param name="db">The store.</param>
    /// <param name="seen">Exceptions as they are now, each with the version that was seen.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Those that changed, each with the words that say how.</returns>
    public static async Task<Dictionary<Guid, string>> Changes(OpsDb db, IEnumerable<(ExceptionCase Case, int Seen)> seen, CancellationToken cancellationToken)
    {
        var moved = seen.Where(one => one.Case.Version != one.Seen).ToDictionary(one => one.Case.Id, one => one.Seen);
        var said = new Dictionary<Guid, string>();
        foreach (var lot in moved.Keys.Chunk(Lot))
        {
            var ids = lot.ToList();
            var steps = await db.CaseSteps.AsNoTracking()
                .Where(s => ids.Contains(s.CaseId) && !s_harmless.Contains(s.Action))
                .Select(s => new { s.CaseId, s.Version, s.Action, s.ActorName })
                .ToListAsync(cancellationToken);
            foreach (var step in steps.Where(step => step.Version > moved[step.CaseId]).OrderBy(step => step.Version))
            {
                said[step.CaseId] = $"it has changed since it was selected: {CaseWords.Code(step.Action)}, {step.ActorName}";
            }
        }

        return said;
    }
}
