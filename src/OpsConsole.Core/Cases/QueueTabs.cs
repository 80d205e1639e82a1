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
public sealed record QueueTabList(QueueTab All, QueueTab Held, QueueTab ToApprove, IReadOnlyList<QueueTab> Queues, string Currency);

/// <param name="Code">The queue's code; <c>all</c>, <c>held</c>, <c>approve</c> for the others.</param>
/// <param name="Label">As people read it.</param>
/// <param name="Count">How many have not ended.</param>
/// <param name="AtRisk">Their sum, each object counted once.</param>
/// <param name="Overdue">How many of them are past their due time.</param>
public sealed record QueueTab(string Code, string Label, int Count, decimal AtRisk, int Overdue);
