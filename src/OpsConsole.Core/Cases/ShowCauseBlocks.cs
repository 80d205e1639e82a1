using Microsoft.Extensions.Options;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>What the open exceptions of a cause hold back together: unfinished transactions that take in one of their objects, each counted once.</summary>
/// <param name="Fingerprint">The cause.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ShowCauseBlocks(string Fingerprint, Actor Actor) : IRequest<Outcome<CauseBlocks>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Flows">By flow, most transactions first; none: nothing waits for them.</param>
/// <param name="Currency">The reporting currency.</param>
public sealed record CauseBlocks(IReadOnlyList<BlockedFlow> Flows, string Currency);

/// <param name="Flow">The flow's name.</param>
/// <param name="Count">How many of its transactions.</param>
/// <param name="Worth">What those are worth in the reporting currency, at the rates of today; nothing where no amount or no rate is known.</param>
/// <param name="First">The ids of the leads of the first few of them, the largest amounts first.</param>
public sealed record BlockedFlow(string Flow, int Count, decimal? Worth, IReadOnlyList<string> First);

internal sealed class ShowCauseBlocksHandler(OpsDb db, TimeProvider clock, IOptions<ReportingOptions> reporting) : IRequestHandler<ShowCauseBlocks, Outcome<CauseBlocks>>
{
    private const int First = 5;

    public async Task<Outcome<CauseBlocks>> Handle(ShowCauseBlocks request, CancellationToken cancellationToken)
    {
        var scope = request.Actor.Scope;
        var objects = db.Cases.AsNoTracking().Seen(scope).Unended().Where(c => c.Fingerprint == request.Fingerprint).Select(c => c.ObjectKey);
        var transactions = db.TransactionObjects.Where(part => objects.Contains(part.ObjectKey)).Select(part => part.TransactionKey);
        var waiting = db.Transactions.AsNoTracking().Where(t => t.CompletedAt == null && (scope.AllUnits || scope.Units.Contains(t.Unit)) && transactions.Contains(t.Key));
        var sums = await waiting
            .GroupBy(t => new { t.Flow, t.Currency }).Select(part => new { part.Key, Count = part.Count(), Amount = part.Sum(t => t.Amount) }).ToListAsync(cancellationToken);
        var first = await (
            from flow in waiting.Select(t => t.Flow).Distinct()
            from t in waiting.Where(t => t.Flow == flow).OrderByDescending(t => t.Amount).ThenBy(t => t.Key).Take(First)
            select new { t.Flow, t.LeadId, t.Amount, t.Key }).ToListAsync(cancellationToken);
        var named = first.OrderByDescending(t => t.Amount).ThenBy(t => t.Key).ToLookup(t => t.Flow, t => t.LeadId, StringComparer.Ordinal);
        var rates = await RateTable.Read(db, reporting.Value.Currency, cancellationToken);
        var now = clock.GetUtcNow();
        var flows = from sum in sums
                    group (sum.Count, Worth: rates.Convert(sum.Amount, sum.Key.Currency, now).Amount) by sum.Key.Flow into flow
                    select new BlockedFlow(flow.Key, flow.Sum(part => part.Count), flow.Any(part => part.Worth > 0) ? flow.Sum(part => part.Worth) : null, [.. named[flow.Key]]);
        return new CauseBlocks([.. flows.OrderByDescending(flow => flow.Count).ThenBy(flow => flow.Flow, StringComparer.Ordinal)], reporting.Value.Currency);
    }
}
