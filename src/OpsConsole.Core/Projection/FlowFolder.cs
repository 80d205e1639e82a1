using OpsConsole.Cases;
using OpsConsole.Flows;
using OpsConsole.Storage;

namespace OpsConsole.Projection;

/// <summary>Folds a flow's transactions again after its definition was set: lead by lead in the order of keys, a chunk per transaction.</summary>
internal static class FlowFolder
{
    private const int Chunk = 1_000;

    /// <summary>Takes away what the new definition no longer knows.</summary>
    public static async Task Clear(OpsDb db, FlowDefinition flow, CancellationToken cancellationToken)
    {
        var names = flow.Milestones.Select(milestone => milestone.Name).ToArray();
        await db.TransactionMilestones.Where(row => row.Flow == flow.Name && !names.Contains(row.Name)).ExecuteDeleteAsync(cancellationToken);
        var others = await db.Transactions.Where(row => row.Flow == flow.Name && row.LeadType != flow.Lead).Select(row => row.Key).ToArrayAsync(cancellationToken);
        await TransactionFolder.Delete(db, others, cancellationToken);
    }

    /// <returns>The last lead that was folded, to go on from; nothing when all are.</returns>
    public static async Task<Guid?> Fold(FoldRun run, FlowDefinition flow, Guid after, CancellationToken cancellationToken)
    {
        var leads = await run.Db.Objects.AsNoTracking().Where(row => row.Type == flow.Lead && row.Key > after).OrderBy(row => row.Key)
            .Select(row => row.Key).Take(Chunk).ToListAsync(cancellationToken);
        if (leads.Count == 0)
        {
            return null;
        }

        var transactions = new TransactionFolder(run);
        await transactions.Fold(flow, leads, cancellationToken);
        var moved = await UnitFolder.Fold(run, transactions.MayInherit, afresh: true, cancellationToken);
        await transactions.Write(cancellationToken);
        await run.Objects.Write(cancellationToken);
        await SignalFolder.Fold(run, moved, new NameChange(new Events.Names([]), new HashSet<Events.ObjectRef>(), []), cancellationToken);
        return leads[^1];
    }

    /// <summary>What was missing by the old definition is looked at anew by the milestone watch.</summary>
    public static Task<int> Reopen(OpsDb db, string flow, CancellationToken cancellationToken) =>
        db.Signals.Where(signal => signal.Kind == SignalKind.Missing && signal.System == flow && signal.Open)
            .ExecuteUpdateAsync(set => set.SetProperty(signal => signal.Changed, true), cancellationToken);
}
