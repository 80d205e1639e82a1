using OpsConsole.Flows;
using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>
/// How long each step of a flow took. One indexed row a transaction and step says it; the class that holds a percentile is found by counting, so that only the rows of
/// that class are read, and the percentile is exact.
/// </summary>
internal static class StepPaces
{
    private static readonly double[] s_ranks = [0.5, 0.9];

    /// <returns>By the name of the milestone at which a step ends.</returns>
    public static async Task<IReadOnlyDictionary<string, StepPace>> Read(OpsDb db, FlowDefinition flow, KpiWindow window, CancellationToken cancellationToken)
    {
        // Milestone by milestone: each is one stretch of the index.
        var (steps, together) = (Steps(db, window with { Flow = flow.Name }), new Together(db));
        var asked = flow.Milestones.Select(milestone => (
            milestone.Name,
            Counted: together.Ask(steps.Where(m => m.Name == milestone.Name).GroupBy(m => m.Pace!.Value).Select(same => new PaceCount(same.Key, same.Count()))))).ToList();
        await together.Send(cancellationToken);
        var held = asked.Where(step => step.Counted.Count > 0).Select(step =>
        {
            var classes = step.Counted.OrderBy(one => one.Class).Select(one => (one.Class, one.Count)).ToList();
            var places = Array.ConvertAll(s_ranks, rank => Place(classes, rank));
            var meant = places.Select(place => place.Class).Distinct().ToArray();
            var took = meant.ToDictionary(one => one, _ => new List<long>());
            together.Each(
                steps.Where(m => m.Name == step.Name && meant.Contains(m.Pace!.Value)).Select(m => new PaceRead(m.Pace!.Value, m.PriorAt!.Value, m.ReachedAt!.Value)),
                one => took[one.Class].Add(one.To.UtcTicks - one.From.UtcTicks));
            return (step.Name, Measured: step.Counted.Sum(one => one.Count), Places: places, Took: took);
        }).ToList();
        if (held.Count > 0)
        {
            await together.Send(cancellationToken);
        }

        return held.ToDictionary(step => step.Name, step => new StepPace(step.Measured, At(step.Took, step.Places[0]), At(step.Took, step.Places[1])), StringComparer.Ordinal);
    }

    private static IQueryable<TransactionMilestone> Steps(OpsDb db, KpiWindow window)
    {
        var steps = db.TransactionMilestones.AsNoTracking().Where(m => m.Flow == window.Flow && m.PriorAt >= window.From && m.PriorAt < window.To && m.Pace != null);
        if ((window.Asks & ~KpiNarrow.Flow) is KpiNarrow.None && window.Scope.Everything)
        {
            return steps;
        }

        var meant = db.Transactions.Seen(window.Scope).Matching(db, window.AllTransactions(), window.Now);
        return steps.Where(m => meant.Any(t => t.Key == m.TransactionKey));
    }

    // In which class the percentile stands, and at which place there: the ⌈p·n⌉-th of all.
    private static (short Class, int Place) Place(List<(short Class, int Count)> classes, double rank)
    {
        var place = Percentile.Place(classes.Sum(one => one.Count), rank);
        foreach (var (which, count) in classes)
        {
            if (place < count)
            {
                return (which, place);
            }

            place -= count;
        }

        return (classes[^1].Class, classes[^1].Count - 1);
    }

    private static TimeSpan At(Dictionary<short, List<long>> took, (short Class, int Place) place) => new(took[place.Class].Order().ElementAt(place.Place));

    private sealed record PaceCount(short Class, int Count);

    private sealed record PaceRead(short Class, DateTimeOffset From, DateTimeOffset To);
}
