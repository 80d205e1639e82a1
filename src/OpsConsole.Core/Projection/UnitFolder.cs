using OpsConsole.Events;

namespace OpsConsole.Projection;

/// <summary>Hands the units of leads down to the members that have none of their own.</summary>
internal static class UnitFolder
{
    /// <returns>The objects whose effective unit, legal entity or region changed.</returns>
    public static async Task<IReadOnlyList<BusinessObject>> Fold(FoldRun run, IReadOnlySet<Guid> candidates, CancellationToken cancellationToken)
    {
        var keys = candidates.ToArray();
        var children = await run.Db.Objects.AsNoTracking()
            .Where(row => keys.Contains(row.Key) && (row.OwnUnit == null || row.OwnLegalEntity == null || row.OwnRegion == null)).ToListAsync(cancellationToken);
        if (children.Count == 0)
        {
            return [];
        }

        var childKeys = children.Select(row => row.Key).ToArray();
        var leads = (await (
            from member in run.Db.TransactionObjects.AsNoTracking()
            where childKeys.Contains(member.ObjectKey) && member.LeadKey != member.ObjectKey
            join lead in run.Db.Objects.AsNoTracking() on member.LeadKey equals lead.Key
            select new { member.ObjectKey, lead.OwnUnit, lead.OwnLegalEntity, lead.OwnRegion }).Distinct().ToListAsync(cancellationToken))
            .ToLookup(row => row.ObjectKey, row => new LeadUnits(row.OwnUnit, row.OwnLegalEntity, row.OwnRegion));
        var changed = children.Where(child => UnitFold.Inherit(child, [.. leads[child.Key]])).OrderBy(child => child.Key).ToList();
        await run.Db.Dialect.Upsert(run.Db, changed, cancellationToken);
        await FollowLeads(run, changed, cancellationToken);
        run.Units.UnionWith(changed.Select(row => row.Unit));
        return changed;
    }

    // A transaction stands in its lead's effective unit; a lead may inherit one too, from another flow.
    private static async Task FollowLeads(FoldRun run, List<BusinessObject> changed, CancellationToken cancellationToken)
    {
        var leadTypes = run.Flows.Select(flow => flow.Lead).ToHashSet(StringComparer.Ordinal);
        var leads = changed.Where(row => leadTypes.Contains(row.Type)).ToDictionary(row => row.Key);
        if (leads.Count == 0)
        {
            return;
        }

        var keys = leads.Keys.ToArray();
        var transactions = await run.Db.Transactions.AsNoTracking().Where(row => keys.Contains(row.LeadKey)).ToListAsync(cancellationToken);
        foreach (var transaction in transactions)
        {
            var lead = leads[transaction.LeadKey];
            (transaction.Unit, transaction.LegalEntity, transaction.Region) = (lead.Unit, lead.LegalEntity, lead.Region);
        }

        await run.Db.Dialect.Upsert(run.Db, transactions.OrderBy(row => row.Key).ToList(), cancellationToken);
    }
}
