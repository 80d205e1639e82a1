using System.Linq.Expressions;
using Microsoft.Extensions.Options;
using OpsConsole.Access;
using OpsConsole.Live;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>What waits where, for the tabs above the worklist: count and sum of what has not ended, within the caller's scope.</summary>
public sealed record QueueTabs(Actor Actor) : IRequest<Outcome<QueueTabList>>, IGuarded, IFollowing
{
    public Right Needs => Right.ReadCases;

    public long? Heard { get; init; }
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

internal sealed class QueueTabsHandler(Reach own, SharedReads reads, TimeProvider clock, IOptions<ReportingOptions> reporting) : IRequestHandler<QueueTabs, Outcome<QueueTabList>>
{
    public async Task<Outcome<QueueTabList>> Handle(QueueTabs request, CancellationToken cancellationToken)
    {
        var (scope, me) = (request.Actor.Scope, request.Actor.Id);
        var teams = Teams.Of(await reads.Read(request.Heard, "teams", own, (reach, reading) => Teams.All(reach.Db, reading), cancellationToken), me);
        var everybody = await reads.Read(request.Heard, $"tabs|{scope.Key}", own, (reach, reading) => Everybody(reach.Db, scope, reading), cancellationToken);
        return new QueueTabList(
            everybody.All,
            Tab("held", "Held by me", everybody.Held.Find(held => held.Name == me)),
            everybody.Preparers.Contains(me) ? await One("approve", "To approve", me, c => c.State == CaseState.AwaitingApproval && c.PreparedBy != me) : everybody.ToApprove,
            everybody.Queues,
            reporting.Value.Currency)
        {
            Mine = teams.Queues.Count == 0 ? null : await One("mine", "My queues", string.Join(',', teams.Queues), c => c.Queue != null && teams.Queues.Contains(c.Queue)),
            Team = teams.People.Count == 0 ? null : await One("team", "My team's", string.Join(',', teams.People), c => c.Holder != null && teams.People.Contains(c.Holder)),
        };

        Task<QueueTab> One(string code, string label, string of, Expression<Func<ExceptionCase, bool>> which) => reads.Read(
            request.Heard, $"tabs|{scope.Key}|{code}|{of}", own, async (reach, reading) => Tab(code, label, await Open(reach.Db, scope).Where(which).Sums(clock.GetUtcNow(), reading)), cancellationToken);
    }

    // What all see alike who see the same units, and what each of them holds. First one row for each object of a queue or a holder, then their sum, so that
    // no object is counted twice.
    private async Task<ScopeTabs> Everybody(OpsDb db, Scope scope, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var open = Open(db, scope);
        var waiting = open.Where(c => c.State == CaseState.AwaitingApproval);
        var together = new Together(db);
        var all = together.Ask(open.Summed(now));
        var sums = together.Ask(open
            .GroupBy(c => new { c.Queue, c.ObjectKey })
            .Select(one => new { one.Key.Queue, Count = one.Count(), Overdue = one.Count(c => c.DueOrder < now), AtRisk = one.Max(c => c.ReportingAmount) })
            .GroupBy(one => one.Queue)
            .Select(queue => new NamedSums(queue.Key, queue.Sum(one => one.Count), queue.Sum(one => one.Overdue), queue.Sum(one => one.AtRisk) ?? 0)));
        var held = together.Ask(open.Where(c => c.Holder != null)
            .GroupBy(c => new { c.Holder, c.ObjectKey })
            .Select(one => new { one.Key.Holder, Count = one.Count(), Overdue = one.Count(c => c.DueOrder < now), AtRisk = one.Max(c => c.ReportingAmount) })
            .GroupBy(one => one.Holder)
            .Select(holder => new NamedSums(holder.Key, holder.Sum(one => one.Count), holder.Sum(one => one.Overdue), holder.Sum(one => one.AtRisk) ?? 0)));
        var approve = together.Ask(waiting.Summed(now));
        var preparers = together.Ask(waiting.Where(c => c.PreparedBy != null).Select(c => c.PreparedBy!).Distinct());
        var queues = together.Ask(db.Queues.AsNoTracking().OrderBy(q => q.Ordinal).ThenBy(q => q.Code));
        await together.Send(cancellationToken);
        return new ScopeTabs(
            Tab("all", "All queues", all.FirstOrDefault() ?? CaseSums.None),
            [.. queues.Select(queue => Tab(queue.Code, queue.Label, sums.Find(sum => sum.Name == queue.Code)))],
            held,
            Tab("approve", "To approve", approve.FirstOrDefault() ?? CaseSums.None),
            preparers.ToHashSet(StringComparer.Ordinal));
    }

    private static IQueryable<ExceptionCase> Open(OpsDb db, Scope scope) => db.Cases.AsNoTracking().Seen(scope).Unended();

    private static QueueTab Tab(string code, string label, CaseSums sums) => new(code, label, sums.Count, sums.AtRisk, sums.Overdue);

    private static QueueTab Tab(string code, string label, NamedSums? sums) => new(code, label, sums?.Count ?? 0, sums?.AtRisk ?? 0, sums?.Overdue ?? 0);

    private sealed record ScopeTabs(QueueTab All, IReadOnlyList<QueueTab> Queues, List<NamedSums> Held, QueueTab ToApprove, IReadOnlySet<string> Preparers);

    /// <param name="Name">A queue's code, or who holds.</param>
    private sealed record NamedSums(string? Name, int Count, int Overdue, decimal AtRisk);
}
