using Microsoft.Extensions.Options;
using OpsConsole.Live;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>How much is laid aside within the caller's scope: it must never be out of sight.</summary>
public sealed record SnoozedTotal(Actor Actor) : IRequest<Outcome<SnoozedSum>>, IGuarded, IFollowing
{
    public Right Needs => Right.ReadCases;

    public long? Heard { get; init; }
}

/// <param name="Count">How many exceptions.</param>
/// <param name="AtRisk">In the reporting currency, each object counted once.</param>
/// <param name="Overdue">How many of them are past their due time all the same.</param>
/// <param name="NextAt">When the first of them comes back by itself.</param>
public sealed record SnoozedSum(int Count, decimal AtRisk, string Currency, int Overdue, DateTimeOffset? NextAt);

internal sealed class SnoozedTotalHandler(Reach own, SharedReads reads, TimeProvider clock, IOptions<ReportingOptions> reporting) : IRequestHandler<SnoozedTotal, Outcome<SnoozedSum>>
{
    public async Task<Outcome<SnoozedSum>> Handle(SnoozedTotal request, CancellationToken cancellationToken)
    {
        var scope = request.Actor.Scope;
        return await reads.Read(request.Heard, $"snoozed|{scope.Key}", own, (reach, reading) => Sum(reach.Db, scope, reading), cancellationToken);
    }

    private async Task<SnoozedSum> Sum(OpsDb db, Scope scope, CancellationToken cancellationToken)
    {
        var snoozed = db.Cases.AsNoTracking().Seen(scope).Unended().Where(c => c.State == CaseState.Snoozed);
        var sums = await snoozed.Sums(clock.GetUtcNow(), cancellationToken);
        var next = sums.Count == 0 ? null : await snoozed.MinAsync(c => c.SnoozedUntil, cancellationToken);
        return new SnoozedSum(sums.Count, sums.AtRisk, reporting.Value.Currency, sums.Overdue, next);
    }
}
