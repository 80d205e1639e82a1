using Microsoft.Extensions.Options;
using OpsConsole.Access;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>What waits where, for the tabs above the worklist: count and sum of what has not ended, within the caller's scope.</summary>
public sealed record QueueTabs(Actor Actor) : IRequest<Outcome<QueueTabList>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="All">Everything in the caller's scope.</param>
/// <param name="Held">What the caller holds.</param>
/// <param name="ToApprove">What waits for a second person, the caller's own preparations left out.</param>
/// <param name="Queues">Each queue in its order, empty ones too.</param>
/// <param name="Currency">The reporting currency of the sums.</param>
public sealed record QueueTabList(QueueTab All, QueueTab Held, QueueTab ToApprove, IReadOnlyList<QueueTab> Queues, string Currency)
{
    /// <summary>What waits in the queues of the caller's teams; nothing for who is in no team.</summary>
    public QueueTab? Mine { get; init; }

    /// <summary>What somebody of the caller's teams holds; nothing for who is in no team.</summary>
    public QueueTab? Team { get; init; }
}

/// <param name="Code">The queue's code; <c>all</c>, <c>held</c>, <c>approve</c> for the others.</param>
/// <param name="Label">As people read it.</param>
/// <param name="Count">How many have not ended.</param>
/// <param name="AtRisk">Their sum, each object counted once.</param>
/// <param name="Overdue">How many of them are past their due time.</param>
public sealed record QueueTab(string Code, string Label, int Count, decimal AtRisk, int Overdue);

internal sealed class QueueTabsHandler(OpsDb db, TimeProvider clock, IOptions<ReportingOptions> reporting) : IRequestHandler<QueueTabs, Outcome<QueueTabList>>
{
    public async Task<Outcome<QueueTabList>> Handle(QueueTabs request, CancellationToken cancellationToken)
    {
        var me = request.Actor.Id;
        var open = db.Cases.AsNoTracking().Seen(request.Actor.Scope).Unended();
        var teams = await Teams.Of(db, me, cancellationToken);
        return new QueueTabList(
            await One(open, "all", "All queues", cancellationToken),
            await One(open.Where(c => c.Holder == me), "held", "Held by me", cancellationToken),
            await One(open.Where(c => c.State == CaseState.AwaitingApproval && c.PreparedBy != me), "approve", "To approve", cancellationToken),
            await Queues(open, cancellationToken),
            reporting.Value.Currency)
        {
            Mine = teams.Queues.Count == 0 ? null : await One(open.Where(c => c.Queue != null && teams.Queues.Contains(c.Queue)), "mine", "My queues", cancellationToken),
            Team = teams.People.Count == 0 ? null : await One(open.Where(c => c.Holder != null && teams.People.Contains(c.Holder)), "team", "My team's", cancellationToken),
        };
    }

    private async Task<QueueTab> One(IQueryable<ExceptionCase> cases, string code, string label, CancellationToken cancellationToken)
    {
        var sums = await cases.Sums(clock.GetUtcNow(), cancellationToken);
        return new QueueTab(code, label, sums.Count, sums.AtRisk, sums.Overdue);
    }

    // First one row for each object of a queue, then their sum, so that no object is counted twice.
    private async Task<List<QueueTab>> Queues(IQueryable<ExceptionCase> open, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var sums = await open
            .GroupBy(c => new { c.Queue, c.ObjectKey })
            .Select(one => new { one.Key.Queue, Count = one.Count(), Overdue = one.Count(c => c.DueOrder < now), AtRisk = one.Max(c => c.ReportingAmount) })
            .GroupBy(one => one.Queue)
            .Select(queue => new { queue.Key, Count = queue.Sum(one => one.Count), Overdue = queue.Sum(one => one.Overdue), AtRisk = queue.Sum(one => one.AtRisk) })
            .ToListAsync(cancellationToken);
        var queues = await db.Queues.AsNoTracking().OrderBy(q => q.Ordinal).ThenBy(q => q.Code).ToListAsync(cancellationToken);
        return
        [
            .. from queue in queues
               let sum = sums.Find(sum => sum.Key == queue.Code)
               select new QueueTab(queue.Code, queue.Label, sum?.Count ?? 0, sum?.AtRisk ?? 0, sum?.Overdue ?? 0),
        ];
    }
}
