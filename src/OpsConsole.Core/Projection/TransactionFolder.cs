using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Storage;

namespace OpsConsole.Projection;

/// <summary>Folds anew every transaction that the batch may have changed, and tells which objects may inherit another unit from it.</summary>
internal sealed class TransactionFolder(FoldRun run)
{
    private ILookup<Guid, LinkStep>? _fresh;

    /// <summary>Objects whose inherited unit must be looked at: what joined or left a transaction, what was folded itself, all members of a lead that was folded.</summary>
    public HashSet<Guid> MayInherit { get; } = [];

    public async Task Fold(CancellationToken cancellationToken)
    {
        MayInherit.UnionWith(run.Folded.Keys);
        MayInherit.UnionWith(run.NewByLink.Select(row => row.Key));
        var through = await LeadsOfMembers(cancellationToken);
        await run.Objects.Load(through, cancellationToken);
        foreach (var flow in run.Flows)
        {
            await Fold(flow, await Affected(flow, through, cancellationToken), cancellationToken);
        }
    }

    /// <summary>An object is no longer in a transaction that it was in.</summary>
    public bool SomeLeft { get; private set; }

    /// <summary>Folds the transactions of these leads, whatever brought them here. Their members are written, they themselves by <see cref="Write"/>.</summary>
    public async Task Fold(FlowDefinition flow, IReadOnlyCollection<Guid> leads, CancellationToken cancellationToken)
    {
        if (leads.Count == 0)
        {
            return;
        }

        await run.Objects.Load(leads, cancellationToken);
        var rows = leads.Select(run.Objects.Find).OfType<BusinessObject>().Where(row => row.Type == flow.Lead).OrderBy(row => row.Key).ToList();
        await Remove(flow, [.. leads.Where(lead => run.Objects.Find(lead) is null && run.Objects.IsStored(lead))], cancellationToken);
        var members = await new FlowWalk(flow, Neighbours).Members([.. rows.Select(row => row.Key)], cancellationToken);
        await Reach(flow, members, cancellationToken);
        var folded = rows.ConvertAll(row => TransactionFold.Fold(flow, row, [.. Reaching(flow, members[row.Key])], members[row.Key].Count, run.Calendars));
        foreach (var one in folded)
        {
            run.Transactions[one.Row.Key] = one;
        }

        await WriteMembers(folded, members, cancellationToken);
        run.Units.UnionWith(rows.Select(row => row.Unit));
    }

    /// <summary>Writes what was folded. That of a lead which is new cannot be stored yet.</summary>
    public async Task Write(CancellationToken cancellationToken)
    {
        var folded = run.Transactions.Values.OrderBy(one => one.Row.Key).ToLookup(one => run.Objects.IsStored(one.Row.LeadKey));
        await run.Db.Dialect.Insert(run.Db, [.. folded[false].Select(one => one.Row)], cancellationToken);
        await run.Db.Dialect.Upsert(run.Db, [.. folded[true].Select(one => one.Row)], cancellationToken);
        await run.Db.Dialect.Insert(run.Db, [.. folded[false].SelectMany(one => one.Milestones)], cancellationToken);
        await run.Db.Dialect.Upsert(run.Db, [.. folded[true].SelectMany(one => one.Milestones)], cancellationToken);
    }

    // A member's facts matter when its type reaches a milestone; what vanished must be taken out wherever it was.
    private async Task<HashSet<Guid>> LeadsOfMembers(CancellationToken cancellationToken)
    {
        var types = run.Flows.SelectMany(flow => flow.Milestones).Select(milestone => milestone.Type).ToHashSet(StringComparer.Ordinal);
        var moved = run.Folded.Values.Where(folded => types.Contains(folded.Row.Type) || folded.Row.Facts == 0).Select(folded => folded.Row.Key)
            .Concat(run.Vanished).Where(run.Objects.IsStored).ToHashSet().ToArray();
        return moved.Length == 0
            ? []
            : await run.Db.TransactionObjects.AsNoTracking().Where(member => moved.Contains(member.ObjectKey)).Select(member => member.LeadKey).Distinct().ToHashSetAsync(cancellationToken);
    }

    private async Task<HashSet<Guid>> Affected(FlowDefinition flow, HashSet<Guid> through, CancellationToken cancellationToken)
    {
        var leads = run.Folded.Values.Select(folded => folded.Row).Concat(run.NewByLink).Where(row => row.Type == flow.Lead).Select(row => row.Key).ToHashSet();
        leads.UnionWith(through.Where(lead => run.Objects.Find(lead) is not { } row || row.Type == flow.Lead));
        leads.UnionWith(await new FlowWalk(flow, Neighbours).LeadsThrough(run.NewLinks.Select(link => (link.FromKey, link.FromType, link.ToType)), cancellationToken));
        return leads;
    }

    /// <summary>The links of an object that is new are all in this fold's hands; those of the others are stored, the new ones among them.</summary>
    private async Task<IReadOnlyList<LinkStep>> Neighbours(IReadOnlyCollection<Guid> objects, IReadOnlyCollection<string> types, CancellationToken cancellationToken)
    {
        await run.Objects.Load(objects, cancellationToken);
        _fresh ??= run.NewLinks.Where(link => !run.Objects.IsStored(link.FromKey)).ToLookup(link => link.FromKey, link => new LinkStep(link.FromKey, link.ToKey, link.ToType));
        var steps = objects.Where(key => !run.Objects.IsStored(key)).SelectMany(key => _fresh[key]).Where(step => types.Contains(step.ToType)).ToList();
        var from = objects.Where(run.Objects.IsStored).ToArray();
        if (from.Length > 0)
        {
            var to = types.ToArray();
            steps.AddRange(await run.Db.ObjectLinks.AsNoTracking().Where(link => from.Contains(link.FromKey) && to.Contains(link.ToType))
                .Select(link => new LinkStep(link.FromKey, link.ToKey, link.ToType)).ToListAsync(cancellationToken));
        }

        return steps;
    }

    private Task Reach(FlowDefinition flow, Dictionary<Guid, Dictionary<Guid, string>> members, CancellationToken cancellationToken) =>
        run.Objects.Load(members.Values.SelectMany(one => one).Where(member => IsOfMilestone(flow, member.Value)).Select(member => member.Key).ToHashSet(), cancellationToken);

    private IEnumerable<BusinessObject> Reaching(FlowDefinition flow, Dictionary<Guid, string> members) =>
        members.Where(member => IsOfMilestone(flow, member.Value)).Select(member => run.Objects.Find(member.Key)).OfType<BusinessObject>();

    private static bool IsOfMilestone(FlowDefinition flow, string path)
    {
        var type = path.AsSpan(path.LastIndexOf('/') + 1);
        foreach (var milestone in flow.Milestones)
        {
            if (type.SequenceEqual(milestone.Type))
            {
                return true;
            }
        }

        return false;
    }

    private async Task WriteMembers(List<FoldedTransaction> folded, Dictionary<Guid, Dictionary<Guid, string>> members, CancellationToken cancellationToken)
    {
        var known = await Known([.. folded.Where(one => run.Objects.IsStored(one.Row.LeadKey)).Select(one => one.Row.Key)], cancellationToken);
        var (joined, moved) = (new List<TransactionObject>(), new List<TransactionObject>());
        foreach (var one in folded)
        {
            var lead = one.Row.LeadKey;
            foreach (var (key, path) in members[lead])
            {
                var row = new TransactionObject { TransactionKey = one.Row.Key, ObjectKey = key, LeadKey = lead, Path = path };
                if (!known.Remove((row.TransactionKey, row.ObjectKey), out var stood))
                {
                    joined.Add(row);
                }
                else if (stood.Path != path)
                {
                    moved.Add(row);
                }

                Belong(key, lead);
            }
        }

        MayInherit.UnionWith(joined.Concat(moved).Concat(known.Values).Select(row => row.ObjectKey));
        SomeLeft |= known.Count > 0;
        await run.Db.Dialect.Insert(run.Db, InOrder(joined), cancellationToken);
        await run.Db.Dialect.Upsert(run.Db, InOrder(moved), cancellationToken);
        await Leave(known.Values, cancellationToken);
    }

    private void Belong(Guid key, Guid lead)
    {
        if (!run.Memberships.TryGetValue(key, out var leads))
        {
            run.Memberships[key] = leads = [];
        }

        leads.Add(lead);
        if (run.Folded.ContainsKey(lead))
        {
            MayInherit.Add(key);
        }
    }

    private static List<TransactionObject> InOrder(List<TransactionObject> rows) => [.. rows.OrderBy(row => row.TransactionKey).ThenBy(row => row.ObjectKey)];

    private async Task<Dictionary<(Guid Transaction, Guid Object), TransactionObject>> Known(Guid[] transactions, CancellationToken cancellationToken) =>
        transactions.Length == 0
            ? []
            : (await run.Db.TransactionObjects.AsNoTracking().Where(row => transactions.Contains(row.TransactionKey)).ToListAsync(cancellationToken))
                .ToDictionary(row => (row.TransactionKey, row.ObjectKey));

    private async Task Leave(IEnumerable<TransactionObject> rows, CancellationToken cancellationToken)
    {
        foreach (var left in rows.GroupBy(row => row.TransactionKey))
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
