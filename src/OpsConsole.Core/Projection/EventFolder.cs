using OpsConsole.Events;

namespace OpsConsole.Projection;

/// <summary>
/// Folds a set of new facts: names first, then the objects that they touch, links, transactions, inherited units and failure signals.
/// Everything is recomputed from facts, nothing is counted up, so that it may be done twice. One read and one write for each table,
/// whatever the number of facts. Runs in the caller's transaction.
/// </summary>
internal static class EventFolder
{
    public static async Task Fold(FoldRun run, IReadOnlyList<Fact> fresh, CancellationToken cancellationToken)
    {
        var saidNames = new List<SaidName>();
        var saidLinks = new List<SaidLink>();
        var spoken = new HashSet<Guid>();
        foreach (var said in fresh)
        {
            SaidReader.Read(said, saidNames, saidLinks);
            spoken.Add(said.SpokenKey);
        }

        spoken.UnionWith(saidLinks.Select(link => link.ToKey));
        var names = await NameFolder.Fold(run, saidNames, spoken, cancellationToken);
        await ObjectFolder.Fold(run, names, fresh, saidLinks, cancellationToken);
        await LinkFolder.Fold(run, names, saidLinks, cancellationToken);
        var transactions = new TransactionFolder(run);
        await transactions.Fold(cancellationToken);
        var moved = await UnitFolder.Fold(run, transactions.MayInherit, names.Regrouped.Count > 0 || transactions.SomeLeft, cancellationToken);
        await transactions.Write(cancellationToken);
        await run.Objects.Write(cancellationToken);
        run.Units.UnionWith(run.Folded.Values.Select(folded => folded.Row.Unit));
        await SignalFolder.Fold(run, moved, names, cancellationToken);
    }
}
