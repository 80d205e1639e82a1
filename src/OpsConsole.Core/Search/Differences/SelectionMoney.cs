using OpsConsole.Cases;
using OpsConsole.Flows;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Search.Differences;

/// <summary>What objects are worth, within the reader's scope, in the reporting currency: what is at risk in their open exceptions, and the transactions that they are part of. Nothing is counted twice.</summary>
internal sealed class SelectionMoney
{
    private const int AtOnce = 1_000;

    private readonly Dictionary<Guid, decimal> _atRisk = [];
    private readonly Dictionary<Guid, List<Guid>> _runsOf = [];
    private readonly Dictionary<Guid, decimal> _runs = [];

    public static async Task<SelectionMoney> Read(OpsDb db, IEnumerable<Guid> objects, Scope scope, RateTable rates, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var money = new SelectionMoney();
        foreach (var keys in objects.Distinct().Chunk(AtOnce))
        {
            var cases = await db.Cases.AsNoTracking().Seen(scope).Unended().Where(c => keys.Contains(c.ObjectKey) && c.ReportingAmount != null)
                .GroupBy(c => c.ObjectKey).Select(one => new { one.Key, Worth = one.Max(c => c.ReportingAmount) }).ToListAsync(cancellationToken);
            cases.ForEach(one => money._atRisk[one.Key] = one.Worth ?? 0);
            var runs = await (
                from part in db.TransactionObjects.AsNoTracking()
                where keys.Contains(part.ObjectKey)
                join t in db.Transactions.AsNoTracking().Seen(scope) on part.TransactionKey equals t.Key
                where t.Amount != null
                select new { part.ObjectKey, t.Key, t.Amount, t.Currency, t.StartedAt }).ToListAsync(cancellationToken);
            foreach (var run in runs)
            {
                money._runs[run.Key] = rates.Convert(run.Amount, run.Currency, run.StartedAt ?? now).Amount ?? 0;
                if (!money._runsOf.TryGetValue(run.ObjectKey, out var known))
                {
                    money._runsOf[run.ObjectKey] = known = [];
                }

                known.Add(run.Key);
            }
        }

        return money;
    }

    public decimal AtRisk(IEnumerable<Guid> objects) => objects.Distinct().Sum(key => _atRisk.GetValueOrDefault(key));

    public decimal Worth(IEnumerable<Guid> objects) =>
        objects.Distinct().SelectMany(key => _runsOf.TryGetValue(key, out var runs) ? runs : []).Distinct().Sum(run => _runs[run]);
}
