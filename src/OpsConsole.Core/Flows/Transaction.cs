namespace OpsConsole.Flows;

/// <summary>One run of a flow, led by one object. Folded; a later fact or link may change any of it.</summary>
public sealed class Transaction
{
    /// <summary>Up to so many milestones <see cref="Progress"/> is kept.</summary>
    public const int LongestProgress = 64;

    /// <summary>In <see cref="Progress"/>: not reached; what is missing is a matter of the clock.</summary>
    public const char NotReached = '.';

    /// <summary>In <see cref="Progress"/>: reached in time, or without a deadline.</summary>
    public const char ReachedInTime = 'r';

    /// <summary>In <see cref="Progress"/>: reached after its deadline.</summary>
    public const char ReachedLate = 'l';

    /// <summary><see cref="Ids.Key"/> of (flow, lead type, lead id).</summary>
    public required Guid Key { get; init; }

    public required string Flow { get; init; }

    public required Guid LeadKey { get; init; }

    public required string LeadType { get; init; }

    public required string LeadId { get; init; }

    public string? Label { get; set; }

    /// <summary>The lead's effective unit.</summary>
    public string Unit { get; set; } = Scope.Unassigned;

    public string? LegalEntity { get; set; }

    public string? Region { get; set; }

    /// <summary>The lead's amount.</summary>
    public decimal? Amount { get; set; }

    public string? Currency { get; set; }

    /// <summary>How many objects belong to it, the lead included.</summary>
    public int Objects { get; set; }

    /// <summary>Milestones reached, of <see cref="Milestones"/>.</summary>
    public int Reached { get; set; }

    public int Milestones { get; set; }

    /// <summary>A milestone that was reached came after its deadline. Facts alone decide it, so it is folded; what is missing is a matter of the clock.</summary>
    public bool Late { get; set; }

    /// <summary>
    /// A letter a milestone in the flow's order, so that a period is counted without a look at millions of milestones: see <see cref="ProgressOf"/>.
    /// Empty where the flow has more than <see cref="LongestProgress"/> of them.
    /// </summary>
    public string Progress { get; set; } = "";

    /// <summary>By the events' own time: the lead's first fact; nothing while only links name the lead.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary><see cref="StartedAt"/>, or the Unix epoch where there is none: lists are in this order. The database fills it in.</summary>
    public DateTimeOffset StartOrder { get; private set; }

    /// <summary>The time of the last milestone, once all are reached.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>The earliest deadline (UTC) of a milestone that has not come; nothing when none runs. Overdue is this before now.</summary>
    public DateTimeOffset? NextDueAt { get; set; }

    /// <summary>Latest receipt of the lead's facts.</summary>
    public DateTimeOffset? ReceivedAt { get; set; }

    /// <summary>What <see cref="Progress"/> says of these milestones, which are in the flow's order.</summary>
    public static string ProgressOf(IReadOnlyList<TransactionMilestone> milestones)
    {
        ArgumentNullException.ThrowIfNull(milestones);
        return milestones.Count > LongestProgress ? "" : string.Create(milestones.Count, milestones, (letters, all) =>
        {
            for (var i = 0; i < letters.Length; i++)
            {
                letters[i] = all[i].ReachedAt is null ? NotReached : all[i].ReceivedAt > all[i].DueAt ? ReachedLate : ReachedInTime;
            }
        });
    }
}

/// <summary>An object's part in a transaction.</summary>
public sealed class TransactionObject
{
    public required Guid TransactionKey { get; init; }

    public required Guid ObjectKey { get; init; }

    public required Guid LeadKey { get; init; }

    /// <summary>The shortest path by which it was reached: <c>order/item</c>; the lead's is its type.</summary>
    public required string Path { get; init; }
}

/// <summary>A milestone of a transaction. Its status is a matter of the clock, so it is told when read: <see cref="StatusAt"/>.</summary>
public sealed class TransactionMilestone
{
    public required Guid TransactionKey { get; init; }

    public required string Name { get; init; }

    public required string Flow { get; init; }

    public int Ordinal { get; init; }

    /// <summary>The earliest <c>time</c> at which its state was said.</summary>
    public DateTimeOffset? ReachedAt { get; init; }

    /// <summary>The earliest receipt of a fact that said it; deadlines count from it.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public string? System { get; init; }

    public Guid? ObjectKey { get; init; }

    /// <summary>When the milestone before it was reached: the one that its deadline counts from, else the one that pages show before it. Nothing while that has not come.</summary>
    public DateTimeOffset? PriorAt { get; init; }

    /// <summary>How long it took from there, in classes: see <see cref="MilestonePace"/>. Nothing while either has not come.</summary>
    public short? Pace { get; init; }

    public MilestoneStatus StatusAt(DateTimeOffset now) =>
        (ReachedAt, DueAt) switch
        {
            (not null, { } due) when ReceivedAt > due => MilestoneStatus.Late,
            (not null, _) => MilestoneStatus.Done,
            (null, { } due) when due <= now => MilestoneStatus.Missing,
            (null, not null) => MilestoneStatus.Due,
            _ => MilestoneStatus.Waiting,
        };
}

public enum MilestoneStatus
{
    /// <summary>Reached in time, or without a deadline.</summary>
    Done,

    /// <summary>Reached after its deadline.</summary>
    Late,

    /// <summary>Not reached and its deadline has passed: "not arrived".</summary>
    Missing,

    /// <summary>Not reached; its deadline runs.</summary>
    Due,

    /// <summary>Not reached and nothing runs: the milestone that it waits for has not come, or it has no deadline.</summary>
    Waiting,
}
