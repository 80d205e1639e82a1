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
    public static async Task<IReadOnlyDictionary<string, StepPace>> Read(OpsDb db, KpiWindow window, CancellationToken cancellationToken)
    {
        var steps = Steps(db, window);
        var counted = await steps.GroupBy(m => new { m.Name, m.Pace }).Select(same => new { same.Key.Name, Class = same.Key.Pace!.Value, Count = same.Count() }).ToListAsync(cancellationToken);
        if (counted.Count == 0)
        {
            return new Dictionary<string, StepPace>();
        }

        var together = new Together(db);
        var asked = counted.GroupBy(one => one.Name, StringComparer.Ordinal).Select(step =>
        {
            var classes = step.OrderBy(one => one.Class).Select(one => (one.Class, one.Count)).ToList();
            var places = Array.ConvertAll(s_ranks, rank => Place(classes, rank));
            var held = places.Select(place => place.Class).Distinct().ToArray();
            return (step.Key, Measured: step.Sum(one => one.Count), Places: places,
                Read: together.Ask(steps.Where(m => m.Name == step.Key && held.Contains(m.Pace!.Value)).Select(m => new PaceRead(m.Pace!.Value, m.PriorAt!.Value, m.ReachedAt!.Value))));
        }).ToList();
        await together.Send(cancellationToken);
        return asked.ToDictionary(step => step.Key, step => new StepPace(step.Measured, At(step.Read, step.Places[0]), At(step.Read, step.Places[1])), StringComparer.Ordinal);
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

    private static TimeSpan At(List<PaceRead> read, (short Class, int Place) place) =>
        read.Where(one => one.Class == place.Class).Select(one => one.To - one.From).Order().ElementAt(place.Place);

    private sealed record PaceRead(short Class, DateTimeOffset From, DateTimeOffset To);
}
