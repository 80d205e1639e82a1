using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Kpis.Catalog;
using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>What waits for customers that could not be created.</summary>
internal static class HoldUps
{
    private const int Shown = 4;

    public static async Task<HeldBack> Read(OpsDb db, KpiWindow window, CancellationToken cancellationToken)
    {
        var cases = await db.Cases.AsNoTracking().OpenIn(window)
            .Where(c => c.ObjectType == FailedCustomerCreations.EntityType && c.Operation == FailedCustomerCreations.Operation)
            .Select(c => new { c.Id, c.Number, c.ObjectKey, c.ObjectType, c.ObjectId, c.ObjectLabel, c.System, c.Unit, c.Title }).ToListAsync(cancellationToken);
        var failing = db.Cases.OpenIn(window with { Unit = null, Scope = Scope.All })
            .Where(c => c.ObjectType == FailedCustomerCreations.EntityType && c.Operation == FailedCustomerCreations.Operation);

        // From the few customers to what waits for them, and not from all that is under way to its customer.
        var waits = await (
            from customer in failing.Select(c => c.ObjectKey).Distinct()
            join link in db.ObjectLinks on customer equals link.FromKey
            join t in db.Transactions.AsNoTracking().Seen(window.Scope) on link.ToKey equals t.LeadKey
            where t.Flow == window.Flow && t.CompletedAt == null && (window.Unit == null || t.Unit == window.Unit)
            select new { link.FromKey, t.LeadKey, t.Amount, t.Currency }).ToListAsync(cancellationToken);
        var links = waits.ToLookup(wait => wait.FromKey, wait => wait.LeadKey);
        var transactions = waits.DistinctBy(wait => wait.LeadKey).ToList();
        var worth = transactions.GroupBy(t => t.LeadKey)
            .ToDictionary(t => t.Key, t => t.Sum(one => window.Rates.Convert(one.Amount, one.Currency, window.Now).Amount ?? 0));
        return new HeldBack(
            transactions.Count,
            worth.Values.Sum(),
            transactions.Count(t => t.Amount is not null && window.Rates.Convert(t.Amount, t.Currency, window.Now).Amount is null),
            [
                .. (from c in cases
                    let waiting = links[c.ObjectKey].Distinct().ToList()
                    let sum = waiting.Sum(lead => worth.GetValueOrDefault(lead))
                    orderby sum descending, waiting.Count descending
                    select new HeldCustomer(c.Id, $"EX-{c.Number}", new ObjectRef(c.ObjectType, c.ObjectId), c.ObjectLabel, c.System, c.Unit, c.Title, waiting.Count, sum))
                .Take(Shown),
            ]);
    }
}
