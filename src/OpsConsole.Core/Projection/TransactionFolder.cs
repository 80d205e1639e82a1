using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Storage;

namespace OpsConsole.Projection;

/// <summary>Folds anew every transaction that the batch may have changed, and tells which objects may inherit another unit from it.</summary>
internal sealed class TransactionFolder(FoldRun run)
{
    /// <summary>Objects whose inherited unit must be looked at: what joined or left a transaction, what was folded itself, all members of a lead that was folded.</summary>
    public HashSet<Guid> MayInherit { get; } = [];

    public async Task Fold(CancellationToken cancellationToken)
    {
        MayInherit.UnionWith(run.Folded.Keys);
        MayInherit.UnionWith(run.NewByLink.Select(row => row.Key));
        foreach (var flow in run.Flows)
        {
            await Fold(flow, await Affected(flow, cancellationToken), cancellationToken);
        }
    }

    /// <summary>Folds the transactions of these leads, whatever brought them here.</summary>
    public async Task Fold(FlowDefinition flow, IReadOnlyCollection<Guid> leads, CancellationToken cancellationToken)
    {
        if (leads.Count == 0)
        {
            return;
        }

        var walk = new FlowWalk(flow, Neighbours);
        var keys = leads.ToArray();
        var rows = await run.Db.Objects.AsNoTracking().Where(row => keys.Contains(row.Key) && row.Type == flow.Lead).ToDictionaryAsync(row => row.Key, cancellationToken);
        await Remove(flow, [.. leads.Where(lead => !rows.ContainsKey(lead))], cancellationToken);
        var members = await walk.Members(rows.Keys, cancellationToken);
        var reaching = await Reaching(flow, rows, members, cancellationToken);
        var folded = rows.Values.OrderBy(row => row.Key).Select(row =>
            TransactionFold.Fold(flow, row, [.. members[row.Key].Keys.Where(reaching.ContainsKey).Select(key => reaching[key])], members[row.Key].Count)).ToList();
        await run.Db.Dialect.Upsert(run.Db, folded.Select(one => one.Row).OrderBy(row => row.Key).ToList(), cancellationToken);
        await run.Db.Dialect.Upsert(run.Db, folded.SelectMany(one => one.Milestones).OrderBy(row => row.TransactionKey).ToList(), cancellationToken);
        await WriteMembers(folded, members, cancellationToken);
        run.Units.UnionWith(rows.Values.Select(row => row.Unit));
    }

    private async Task<HashSet<Guid>> Affected(FlowDefinition flow, CancellationToken cancellationToken)
    {
        var leads = run.Folded.Values.Select(folded => folded.Row).Concat(run.NewByLink).Where(row => row.Type == flow.Lead).Select(row => row.Key).ToHashSet();
        var walk = new FlowWalk(flow, Neighbours);
        leads.UnionWith(await walk.LeadsThrough(run.NewLinks.Select(link => (link.FromKey, link.FromType, link.ToType)), cancellationToken));

        // A member's facts matter when its type reaches a milestone; what vanished must be taken out wherever it was.
        var types = flow.Milestones.Select(milestone => milestone.Type).Where(type => type != flow.Lead).ToHashSet(StringComparer.Ordinal);
        var moved = run.Folded.Values.Where(folded => types.Contains(folded.Row.Type) || folded.Row.Facts == 0).Select(folded => folded.Row.Key)
            .Concat(run.Vanished).ToHashSet().ToArray();
        if (moved.Length > 0)
        {
            leads.UnionWith(await (
                from member in run.Db.TransactionObjects.AsNoTracking()
                join transaction in run.Db.Transactions.AsNoTracking() on member.TransactionKey equals transaction.Key
                where moved.Contains(member.ObjectKey) && transaction.Flow == flow.Name
                select member.LeadKey).Distinct().ToListAsync(cancellationToken));
        }

        return leads;
    }

    private async Task<IReadOnlyList<LinkStep>> Neighbours(IReadOnlyCollection<Guid> objects, IReadOnlyCollection<string> types, CancellationToken cancellationToken)
    {
        var from = objects.ToArray();
        var to = types.ToArray();
        return await run.Db.ObjectLinks.AsNoTracking().Where(link => from.Contains(link.FromKey) && to.Contains(link.ToType))
            .Select(link => new LinkStep(link.FromKey, link.ToKey, link.ToType)).ToListAsync(cancellationToken);
    }

    private async Task<Dictionary<Guid, BusinessObject>> Reaching(
        FlowDefinition flow, Dictionary<Guid, BusinessObject> leads, Dictionary<Guid, Dictionary<Guid, string>> members, CancellationToken cancellationToken)
    {
        var types = flow.Milestones.Select(milestone => milestone.Type).Distinct().ToArray();
        var keys = members.Values.SelectMany(one => one.Keys).Where(key => !leads.ContainsKey(key)).ToHashSet().ToArray();
        var rows = types.All(type => type == flow.Lead) || keys.Length == 0
            ? []
            : await run.Db.Objects.AsNoTracking().Where(row => keys.Contains(row.Key) && types.Contains(row.Type)).ToListAsync(cancellationToken);
        return rows.Concat(leads.Values).ToDictionary(row => row.Key);
    }

    private async Task WriteMembers(List<FoldedTransaction> folded, Dictionary<Guid, Dictionary<Guid, string>> members, CancellationToken cancellationToken)
    {
        var keys = folded.Select(one => one.Row.Key).ToArray();
        var known = (await run.Db.TransactionObjects.AsNoTracking().Where(row => keys.Contains(row.TransactionKey)).ToListAsync(cancellationToken))
            .ToDictionary(row => (row.TransactionKey, row.ObjectKey));
        var wanted = (
            from one in folded
            from member in members[one.Row.LeadKey]
            select new TransactionObject { TransactionKey = one.Row.Key, ObjectKey = member.Key, LeadKey = one.Row.LeadKey, Path = member.Value }).ToList();
        var changed = wanted.Where(row => !known.Remove((row.TransactionKey, row.ObjectKey), out var stood) || stood.Path != row.Path).ToList();
        await run.Db.Dialect.Upsert(run.Db, changed.OrderBy(row => row.TransactionKey).ThenBy(row => row.ObjectKey).ToList(), cancellationToken);
        MayInherit.UnionWith(changed.Select(row => row.ObjectKey));
        MayInherit.UnionWith(known.Values.Select(row => row.ObjectKey));
        MayInherit.UnionWith(wanted.Where(row => run.Folded.ContainsKey(row.LeadKey)).Select(row => row.ObjectKey));
        foreach (var left in known.Values.GroupBy(row => row.TransactionKey))
        {
            var objects = left.Select(row => row.ObjectKey).ToArray();
            await run.Db.TransactionObjects.Where(row => row.TransactionKey == left.Key && objects.Contains(row.ObjectKey)).ExecuteDeleteAsync(cancellationToken);
        }
    }

    private async Task Remove(FlowDefinition flow, Guid[] leads, CancellationToken cancellationToken)
    {
        if (leads.Length == 0)
        {
            return;
        }

        var keys = await run.Db.Transactions.Where(row => row.Flow == flow.Name && leads.Contains(row.LeadKey)).Select(row => row.Key).ToArrayAsync(cancellationToken);
        MayInherit.UnionWith(await run.Db.TransactionObjects.Where(row => keys.Contains(row.TransactionKey)).Select(row => row.ObjectKey).ToListAsync(cancellationToken));
        await Delete(run.Db, keys, cancellationToken);
    }

    public static async Task Delete(OpsDb db, Guid[] transactions, CancellationToken cancellationToken)
    {
        await db.TransactionObjects.Where(row => transactions.Contains(row.TransactionKey)).ExecuteDeleteAsync(cancellationToken);
        await db.TransactionMilestones.Where(row => transactions.Contains(row.TransactionKey)).ExecuteDeleteAsync(cancellationToken);
        await db.Transactions.Where(row => transactions.Contains(row.Key)).ExecuteDeleteAsync(cancellationToken);
    }
}
