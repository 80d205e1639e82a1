using OpsConsole.Calendars;
using OpsConsole.Events;
using OpsConsole.Flows;

namespace OpsConsole.Projection;

/// <summary>Hands the units of leads down to the members that have none of their own.</summary>
internal static class UnitFolder
{
    /// <param name="run">The fold.</param>
    /// <param name="candidates">Objects to look at.</param>
    /// <param name="afresh">A transaction may have lost a member or a lead, so that what was inherited before says nothing.</param>
    /// <param name="cancellationToken">To stop.</param>
    /// <returns>The objects whose effective unit, legal entity or region changed.</returns>
    public static async Task<IReadOnlyList<BusinessObject>> Fold(FoldRun run, IReadOnlySet<Guid> candidates, bool afresh, CancellationToken cancellationToken)
    {
        await run.Objects.Load(candidates, cancellationToken);
        var children = candidates.Select(run.Objects.Find).OfType<BusinessObject>()
            .Where(row => row.OwnUnit is null || row.OwnLegalEntity is null || row.OwnRegion is null)
            .Where(row => afresh || !Stays(run, row)).ToList();
        if (children.Count == 0)
        {
            return [];
        }

        var leads = await Leads(run, children, cancellationToken);
        await run.Objects.Load(leads.Values.SelectMany(keys => keys).ToHashSet(), cancellationToken);
        var changed = children.FindAll(child => leads.TryGetValue(child.Key, out var keys) ? UnitFold.Inherit(child, Units(run, child.Key, keys)) : UnitFold.Inherit(child, []));
        changed.ForEach(run.Objects.Put);
        await FollowLeads(run, changed, cancellationToken);
        run.Units.UnionWith(changed.Select(row => row.Unit));
        return changed;
    }

    /// <summary>
    /// What the child inherited stands for all its other leads, so while none is lost and those folded now say the same or nothing, none of
    /// the others need be read: an account may stand in thousands of orders.
    /// </summary>
    private static bool Stays(FoldRun run, BusinessObject child)
    {
        if (!run.Objects.IsStored(child.Key))
        {
            return false;
        }

        var (unit, legalEntity, region) = (child.Unit == Scope.Unassigned ? null : child.Unit, child.LegalEntity, child.Region);
        return !run.Memberships.TryGetValue(child.Key, out var leads) || leads.Where(lead => lead != child.Key).Select(run.Objects.Find).OfType<BusinessObject>().All(lead =>
            (child.OwnUnit is not null || lead.OwnUnit is null || lead.OwnUnit == unit)
            && (child.OwnLegalEntity is not null || lead.OwnLegalEntity is null || lead.OwnLegalEntity == legalEntity)
            && (child.OwnRegion is not null || lead.OwnRegion is null || lead.OwnRegion == region));
    }

    /// <summary>Child → the leads of all its transactions. A child that is new belongs to none but those folded now.</summary>
    private static async Task<Dictionary<Guid, HashSet<Guid>>> Leads(FoldRun run, List<BusinessObject> children, CancellationToken cancellationToken)
    {
        var leads = children.Where(child => !run.Objects.IsStored(child.Key) && run.Memberships.ContainsKey(child.Key))
            .ToDictionary(child => child.Key, child => run.Memberships[child.Key]);
        var stored = children.Where(child => run.Objects.IsStored(child.Key)).Select(child => child.Key).ToArray();
        if (stored.Length > 0)
        {
            foreach (var member in (await run.Db.TransactionObjects.AsNoTracking().Where(member => stored.Contains(member.ObjectKey))
                .Select(member => new { member.ObjectKey, member.LeadKey }).ToListAsync(cancellationToken)).GroupBy(member => member.ObjectKey, member => member.LeadKey))
            {
                leads[member.Key] = [.. member];
            }
        }

        return leads;
    }

    private static List<LeadUnits> Units(FoldRun run, Guid child, HashSet<Guid> leads) =>
        [.. leads.Where(lead => lead != child).Select(run.Objects.Find).OfType<BusinessObject>().Select(lead => new LeadUnits(lead.OwnUnit, lead.OwnLegalEntity, lead.OwnRegion))];

    // A transaction stands in its lead's effective unit; a lead may inherit one too, from another flow.
    private static async Task FollowLeads(FoldRun run, List<BusinessObject> changed, CancellationToken cancellationToken)
    {
        var leadTypes = run.Flows.Select(flow => flow.Lead).ToHashSet(StringComparer.Ordinal);
        var leads = changed.Where(row => leadTypes.Contains(row.Type)).ToDictionary(row => row.Key);
        if (leads.Count == 0)
        {
            return;
        }

        var byUnit = run.Flows.Where(flow => flow.Milestones.Any(milestone => milestone is { Calendar: CalendarBook.OfUnit, DueHours: not null })).ToDictionary(flow => flow.Name, StringComparer.Ordinal);
        foreach (var folded in run.Transactions.Values.Where(one => leads.ContainsKey(one.Row.LeadKey)).ToList())
        {
            var lead = leads[folded.Row.LeadKey];
            Follow(folded.Row, lead);
            run.Transactions[folded.Row.Key] = byUnit.TryGetValue(folded.Row.Flow, out var flow) ? TransactionFold.InUnit(flow, folded, lead, run.Calendars) : folded;
        }

        var keys = leads.Keys.Where(run.Objects.IsStored).ToArray();
        var others = (await run.Db.Transactions.AsNoTracking().Where(row => keys.Contains(row.LeadKey)).ToListAsync(cancellationToken))
            .FindAll(row => !run.Transactions.ContainsKey(row.Key));
        others.ForEach(row => Follow(row, leads[row.LeadKey]));
        await DueInUnit(run, others.FindAll(row => byUnit.ContainsKey(row.Flow)), row => byUnit[row.Flow], row => leads[row.LeadKey], cancellationToken);
        await run.Db.Dialect.Upsert(run.Db, others.OrderBy(row => row.Key).ToList(), cancellationToken);
    }

    /// <summary>Stored transactions whose deadlines are in the hours of the unit that their lead has left.</summary>
    private static async Task DueInUnit(
        FoldRun run, List<Transaction> transactions, Func<Transaction, FlowDefinition> flowOf, Func<Transaction, BusinessObject> leadOf, CancellationToken cancellationToken)
    {
        if (transactions.Count == 0)
        {
            return;
        }

        var keys = transactions.ConvertAll(row => row.Key);
        var stored = (await run.Db.TransactionMilestones.AsNoTracking().Where(row => keys.Contains(row.TransactionKey)).ToListAsync(cancellationToken)).ToLookup(row => row.TransactionKey);
        var anew = transactions.ConvertAll(row => TransactionFold.InUnit(flowOf(row), new FoldedTransaction(row, [.. stored[row.Key]]), leadOf(row), run.Calendars));
        await run.Db.Dialect.Upsert(run.Db, anew.SelectMany(one => one.Milestones).OrderBy(row => row.TransactionKey).ThenBy(row => row.Ordinal).ToList(), cancellationToken);
    }

    private static void Follow(Transaction transaction, BusinessObject lead) =>
        (transaction.Unit, transaction.LegalEntity, transaction.Region) = (lead.Unit, lead.LegalEntity, lead.Region);
}
