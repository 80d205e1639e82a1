using Microsoft.Extensions.Options;
using OpsConsole.Flows;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>What an exception holds back, and how others of its cause were settled.</summary>
/// <param name="CaseId">The exception.</param>
/// <param name="Actor">Who asks; only what is within their scope is told.</param>
public sealed record UnderstandCase(Guid CaseId, Actor Actor) : IRequest<Outcome<CaseUnderstood>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Held">The transactions that wait for it, the largest first.</param>
/// <param name="HeldMoney">What those transactions are worth together, in the reporting currency; nothing where no amount is known.</param>
/// <param name="Currency">The reporting currency.</param>
/// <param name="Beside">How many other open exceptions stand on the same transactions.</param>
/// <param name="Ways">How exceptions of this cause were settled, the way that worked most often first.</param>
/// <param name="Read">Over how many exceptions of the cause that was counted.</param>
public sealed record CaseUnderstood(IReadOnlyList<HeldBack> Held, decimal? HeldMoney, string Currency, int Beside, IReadOnlyList<WayTold> Ways, int Read)
{
    /// <summary>The first few of those beside it by their names, oldest first: EX-20418.</summary>
    public IReadOnlyList<string> BesideFirst { get; init; } = [];
}

/// <param name="Flow">The flow's name.</param>
/// <param name="LeadType">The type of its lead.</param>
/// <param name="LeadId">The lead's id.</param>
/// <param name="Label">How people call it.</param>
/// <param name="Amount">The lead's own amount.</param>
/// <param name="Currency">Of the amount.</param>
/// <param name="Waiting">The milestones that have not come, in the flow's order.</param>
/// <param name="NextDueAt">The earliest deadline of those; in the past: overdue.</param>
public sealed record HeldBack(
    string Flow, string LeadType, string LeadId, string? Label, decimal? Amount, string? Currency, IReadOnlyList<string> Waiting, DateTimeOffset? NextDueAt);

internal sealed class UnderstandCaseHandler(OpsDb db, CaseDesk desk, IOptions<ReportingOptions> reporting) : IRequestHandler<UnderstandCase, Outcome<CaseUnderstood>>
{
    private const int MostHeld = 20;
    private const int MostBeside = 5;
    private const int MostRead = 300;

    public async Task<Outcome<CaseUnderstood>> Handle(UnderstandCase request, CancellationToken cancellationToken)
    {
        var found = await desk.Find(request.CaseId, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        var waiting = Waiting(@case, request.Actor.Scope);
        var held = await Held(@case, waiting, cancellationToken);
        var rates = await RateTable.Read(db, reporting.Value.Currency, cancellationToken);
        var worth = held.Select(one => rates.Convert(one.Amount, one.Currency, desk.Now).Amount).OfType<decimal>().ToList();
        var members = db.TransactionObjects.Where(part => waiting.Any(t => t.Key == part.TransactionKey)).Select(part => part.ObjectKey);
        var seen = db.Cases.AsNoTracking().Seen(request.Actor.Scope);
        var others = seen.Unended().Where(c => c.Id != @case.Id && members.Contains(c.ObjectKey));
        var beside = held.Count == 0 ? 0 : await others.CountAsync(cancellationToken);
        var first = beside == 0 ? [] : await others.OrderBy(c => c.Number).Take(MostBeside).ToListAsync(cancellationToken);
        var (ways, read) = await Ways(@case, seen, cancellationToken);
        return new CaseUnderstood(held, worth.Count == 0 ? null : worth.Sum(), reporting.Value.Currency, beside, ways, read) { BesideFirst = first.ConvertAll(c => c.Name) };
    }

    private IQueryable<Transaction> Waiting(ExceptionCase @case, Scope scope) =>
        db.Transactions.AsNoTracking()
            .Where(t => t.CompletedAt == null && (scope.AllUnits || scope.Units.Contains(t.Unit)))
            .Where(t => db.TransactionObjects.Any(part => part.ObjectKey == @case.ObjectKey && part.TransactionKey == t.Key));

    private async Task<IReadOnlyList<HeldBack>> Held(ExceptionCase @case, IQueryable<Transaction> waiting, CancellationToken cancellationToken)
    {
        var transactions = await waiting.OrderByDescending(t => t.Amount).ThenBy(t => t.Key).Take(MostHeld).ToListAsync(cancellationToken);
        var keys = transactions.ConvertAll(t => t.Key);
        var milestones = await db.TransactionMilestones.AsNoTracking().Where(m => keys.Contains(m.TransactionKey)).OrderBy(m => m.Ordinal).ToListAsync(cancellationToken);
        var byTransaction = milestones.ToLookup(m => m.TransactionKey);
        return
        [
            .. from t in transactions
               let open = byTransaction[t.Key].Where(m => m.ReachedAt is null).ToList()
               where open.Count > 0
               select new HeldBack(t.Flow, t.LeadType, t.LeadId, t.Label ?? (t.LeadKey == @case.ObjectKey ? @case.ObjectLabel : null), t.Amount, t.Currency, [.. open.Select(m => m.Name)], t.NextDueAt),
        ];
    }

    // The latest that have ended or came back: what worked three years ago is of little help.
    private async Task<(IReadOnlyList<WayTold> Ways, int Read)> Ways(ExceptionCase @case, IQueryable<ExceptionCase> seen, CancellationToken cancellationToken)
    {
        var others = await seen.Where(c => c.Fingerprint == @case.Fingerprint && c.Id != @case.Id && (c.EndedAt != null || c.CameBack))
            .OrderByDescending(c => c.EndedAt).ThenBy(c => c.Id).Take(MostRead).Select(c => new { c.Id, c.Number }).ToListAsync(cancellationToken);
        var ids = others.ConvertAll(c => c.Id);
        CaseAction[] telling = [CaseAction.Found, CaseAction.Repair, CaseAction.Edit, CaseAction.Sent, CaseAction.Dismiss, CaseAction.Proven, CaseAction.Reopen, CaseAction.Disproven];
        var steps = await db.CaseSteps.AsNoTracking().Where(s => ids.Contains(s.CaseId) && telling.Contains(s.Action)).OrderBy(s => s.CaseId).ThenBy(s => s.Version).ToListAsync(cancellationToken);
        var numbers = others.ToDictionary(c => c.Id, c => c.Number);
        return (SolvedWays.Of(steps.GroupBy(s => s.CaseId).Select(history => (numbers[history.Key], (IReadOnlyList<CaseStep>)[.. history]))), others.Count);
    }
}
