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
        var held = new TransactionFilter { Flow = window.Flow, Unit = window.Unit, HeldBack = true };
        var transactions = await db.Transactions.AsNoTracking().Seen(window.Scope).Matching(db, held, window.Now)
            .Select(t => new { t.LeadKey, t.Amount, t.Currency }).ToListAsync(cancellationToken);
        var cases = await db.Cases.AsNoTracking().OpenIn(window)
            .Where(c => c.ObjectType == FailedCustomerCreations.EntityType && c.Operation == FailedCustomerCreations.Operation)
            .Select(c => new { c.Id, c.Number, c.ObjectKey, c.ObjectType, c.ObjectId, c.ObjectLabel, c.System, c.Unit, c.Title }).ToListAsync(cancellationToken);
        var customers = cases.Select(c => c.ObjectKey).Distinct().ToList();
        var leads = transactions.Select(t => t.LeadKey).ToList();
        var links = (await db.ObjectLinks.AsNoTracking().Where(l => customers.Contains(l.FromKey) && leads.Contains(l.ToKey))
            .Select(l => new { l.FromKey, l.ToKey }).ToListAsync(cancellationToken)).ToLookup(l => l.FromKey, l => l.ToKey);
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
