namespace OpsConsole.Cases;

/// <summary>In which way somebody, or nobody, tried to settle an exception.</summary>
public enum SolvedWay
{
    /// <summary>A repaired payload was sent.</summary>
    Repaired,

    /// <summary>The message was sent again as it was.</summary>
    SentAgain,

    /// <summary>The sender came with a success by itself.</summary>
    ByItself,

    /// <summary>Somebody ended it without a repair.</summary>
    Dismissed,
}

/// <summary>How one way went over all exceptions of a cause.</summary>
/// <param name="Way">Which.</param>
/// <param name="Tried">How often it was tried.</param>
/// <param name="Stayed">How often it settled the exception, and the exception stayed settled.</param>
/// <param name="Median">From opening to settling, of those that stayed.</param>
/// <param name="LastNote">What was said of the latest that stayed: a repair's note, a dismissal's reason.</param>
/// <param name="LastBy">Whose that was.</param>
/// <param name="LastAt">When.</param>
/// <param name="LastCase">The number of that exception.</param>
public sealed record WayTold(SolvedWay Way, int Tried, int Stayed, TimeSpan? Median, string? LastNote, string? LastBy, DateTimeOffset? LastAt, long? LastCase);

/// <summary>
/// Reads ways out of histories: each send, each dismissal and each success without a send is a try; a try stayed when nothing reopened the
/// exception after it.
/// </summary>
internal static class SolvedWays
{
    /// <param name="histories">Number of the exception, and its steps, oldest first.</param>
    public static IReadOnlyList<WayTold> Of(IEnumerable<(long Number, IReadOnlyList<CaseStep> Steps)> histories) =>
        [.. histories.SelectMany(history => Tries(history.Number, history.Steps)).GroupBy(one => one.Way).Select(Told).OrderByDescending(way => way.Stayed).ThenBy(way => way.Way)];

    private static WayTold Told(IGrouping<SolvedWay, Try> way)
    {
        var stayed = way.Where(one => one.Stayed).OrderBy(one => one.Took).ToList();
        var last = stayed.MaxBy(one => one.At);
        return new WayTold(
            way.Key, way.Count(), stayed.Count, stayed.Count == 0 ? null : stayed[(stayed.Count - 1) / 2].Took, last?.Note, last?.By, last?.At, last?.Number);
    }

    private static IEnumerable<Try> Tries(long number, IReadOnlyList<CaseStep> steps)
    {
        var (opened, repair, send) = (steps.Count > 0 ? steps[0].At : default, (CaseStep?)null, (CaseStep?)null);
        var open = new List<Try>();
        var past = new List<Try>();
        foreach (var step in steps)
        {
            switch (step.Action)
            {
                case CaseAction.Repair or CaseAction.Edit:
                    repair = step;
                    break;
                case CaseAction.Sent:
                    send = step;
                    open.Add(new Try(number, repair is null ? SolvedWay.SentAgain : SolvedWay.Repaired, Note(repair), repair?.ActorName, step.At, TimeSpan.Zero, false));
                    break;
                case CaseAction.Dismiss:
                    open.Add(new Try(number, SolvedWay.Dismissed, step.Reason, step.ActorName, step.At, step.At - opened, true));
                    break;
                case CaseAction.Proven when send is null:
                    open.Add(new Try(number, SolvedWay.ByItself, null, null, step.At, step.At - opened, true));
                    break;
                case CaseAction.Proven when open.Count > 0:
                    open[^1] = open[^1] with { Stayed = true, At = step.At, Took = step.At - opened };
                    break;
                case CaseAction.Reopen or CaseAction.Disproven:
                    past.AddRange(open.Select(one => one with { Stayed = false }));
                    open.Clear();
                    (send, opened) = (null, step.Action is CaseAction.Reopen ? step.At : opened);
                    break;
            }
        }

        // What is still on its way to a proof is no try yet.
        return past.Concat(open.Where(one => one.Stayed));
    }

    // "version 2: Tax profile from the province" says more without the version.
    private static string? Note(CaseStep? repair) =>
        repair?.Reason is { } said && said.IndexOf(": ", StringComparison.Ordinal) is var at and >= 0 ? said[(at + 2)..] : null;

    private sealed record Try(long Number, SolvedWay Way, string? Note, string? By, DateTimeOffset At, TimeSpan Took, bool Stayed);
}
