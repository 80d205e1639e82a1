using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Kpis.Catalog;
using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>What waits for customers that could not be created.</summary>
internal static class HoldUps
{
    private const int Shown = 4;

    /// <param name="db">Where transactions and links stand.</param>
    /// <param name="window">What is asked for.</param>
    /// <param name="failed">The failed creations, as their own number reads them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<HeldBack> Read(OpsDb db, KpiWindow window, IReadOnlyList<KpiRow> failed, CancellationToken cancellationToken)
    {
        var failing = db.OpenIn(window.Wide())
            .Where(c => c.ObjectType == FailedCustomerCreations.EntityType && c.Operation == FailedCustomerCreations.Operation);

        // From the few customers to what waits for them, and not from all that is under way to its customer.
        var waits = await (
            from customer in failing.Select(c => c.ObjectKey).Distinct()
            join link in db.ObjectLinks on customer equals link.FromKey
            join t in db.Transactions.AsNoTracking().Seen(window.Scope).Matching(db, window.AllTransactions(), window.Now) on link.ToKey equals t.LeadKey
            where t.CompletedAt == null
            select new { link.FromKey, t.LeadKey, t.Amount, t.Currency }).ToListAsync(cancellationToken);
        var links = waits.ToLookup(wait => wait.FromKey, wait => wait.LeadKey);
        var transactions = waits.DistinctBy(wait => wait.LeadKey).ToList();
        var worth = transactions.GroupBy(t => t.LeadKey)
            .ToDictionary(t => t.Key, t => t.Sum(one => window.Rates.Convert(one.Amount, one.Currency, window.Now).Amount ?? 0));
        var shown = (
            from creation in failed
            let waiting = links[creation.Once].Distinct().ToList()
            let sum = waiting.Sum(lead => worth.GetValueOrDefault(lead))
            orderby sum descending, waiting.Count descending
            select (Case: creation.Subject, waiting.Count, Sum: sum)).Take(Shown).ToList();
        var ids = shown.ConvertAll(one => one.Case);
        var cases = await db.Cases.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
        return new HeldBack(
            transactions.Count,
            worth.Values.Sum(),
            transactions.Count(t => t.Amount is not null && window.Rates.Convert(t.Amount, t.Currency, window.Now).Amount is null),
            [
                .. from one in shown
                   where cases.ContainsKey(one.Case)
                   let c = cases[one.Case]
                   select new HeldCustomer(c.Id, c.Name, new ObjectRef(c.ObjectType, c.ObjectId), c.ObjectLabel, c.System, c.Unit, c.Title, one.Count, one.Sum),
            ])
        {
            Reasons = await Reasons(db, window, failed, links, worth, cancellationToken),
        };
    }

    private static async Task<IReadOnlyList<HeldReason>> Reasons(
        OpsDb db, KpiWindow window, IReadOnlyList<KpiRow> failed, ILookup<Guid, Guid> links, Dictionary<Guid, decimal> worth, CancellationToken cancellationToken)
    {
        var reasons = (
            from creation in failed
            group creation by creation.Group! into reason
            let waiting = reason.SelectMany(creation => links[creation.Once]).Distinct().ToList()
            let sum = waiting.Sum(lead => worth.GetValueOrDefault(lead))
            orderby sum descending, reason.Count() descending
            select (Print: reason.Key, Customers: reason.Count(), waiting.Count, Sum: sum)).Take(Shown).ToList();
        var prints = reasons.ConvertAll(reason => reason.Print);
        var said = await db.OpenIn(window).Where(c => prints.Contains(c.Fingerprint))
            .GroupBy(c => c.Fingerprint).Select(cause => new { cause.Key, Said = cause.Min(c => c.Cause)! }).ToDictionaryAsync(cause => cause.Key, cause => cause.Said, cancellationToken);
        return reasons.ConvertAll(reason => new HeldReason(reason.Print, said.GetValueOrDefault(reason.Print, ""), reason.Customers, reason.Count, reason.Sum));
    }
}
