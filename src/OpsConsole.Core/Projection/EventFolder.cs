using OpsConsole.Events;

namespace OpsConsole.Projection;

/// <summary>
/// Folds a set of new facts: names first, then the objects that they touch from all their facts, links, transactions, inherited units and
/// failure signals. Everything is recomputed from facts, nothing is counted up, so that it may be done twice. Runs in the caller's transaction.
/// </summary>
internal static class EventFolder
{
    /// <returns>How many signals changed.</returns>
    public static async Task<int> Fold(FoldRun run, IReadOnlyList<SyncEvent> events, CancellationToken cancellationToken)
    {
        var saidNames = new List<SaidName>();
        var saidLinks = new List<SaidLink>();
        foreach (var said in events)
        {
            SaidReader.Read(said, saidNames, saidLinks);
        }

        var spoken = events.Select(e => e.SpokenKey).Concat(saidLinks.Select(link => link.ToKey)).ToHashSet();
        var names = await NameFolder.Fold(run, saidNames, spoken, cancellationToken);
        var touched = events.Select(e => names.Names.Resolve(e.EntityType, e.System, e.EntityId)).ToHashSet();
        await ObjectFolder.Fold(run, names, touched, cancellationToken);
        await LinkFolder.Fold(run, names, saidLinks, cancellationToken);
        var transactions = new TransactionFolder(run);
        await transactions.Fold(cancellationToken);
        var moved = await UnitFolder.Fold(run, transactions.MayInherit, cancellationToken);
        run.Units.UnionWith(run.Folded.Values.Select(folded => folded.Row.Unit));
        return await SignalFolder.Fold(run, moved, names, cancellationToken);
    }
}
