using OpsConsole.Calendars;
using OpsConsole.Events;

namespace OpsConsole.Flows;

/// <summary>A transaction and its milestones, folded from its lead and members.</summary>
public sealed record FoldedTransaction(Transaction Row, IReadOnlyList<TransactionMilestone> Milestones);

/// <summary>
/// Folds one transaction. A milestone's time is the earliest <c>time</c> at which its state was said; its deadline counts from the receipt of
/// the milestone that it follows, or of the lead's first fact (wire contract §6).
/// </summary>
public static class TransactionFold
{
    public static Guid KeyOf(string flow, string leadType, string leadId) => Ids.Key(["transaction", flow, leadType, leadId]);

    /// <param name="flow">Its definition.</param>
    /// <param name="lead">The leading object.</param>
    /// <param name="members">All its objects of types that reach milestones, the lead included where it does.</param>
    /// <param name="objects">How many objects belong to it.</param>
    /// <param name="calendars">To reckon deadlines in business hours by.</param>
    public static FoldedTransaction Fold(FlowDefinition flow, BusinessObject lead, IReadOnlyCollection<BusinessObject> members, int objects, CalendarBook calendars)
    {
        ArgumentNullException.ThrowIfNull(calendars);
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentNullException.ThrowIfNull(lead);
        var key = KeyOf(flow.Name, lead.Type, lead.Id);
        var started = lead.FirstOf(StateFirsts.AnyFact);
        var milestones = new List<TransactionMilestone>();
        foreach (var milestone in flow.Milestones)
        {
            milestones.Add(Reach(flow.Name, milestone, key, members, Due(milestone, started, milestones, lead.Unit, calendars), milestones));
        }

        var waiting = milestones.Where(milestone => milestone.ReachedAt is null).ToList();
        return new FoldedTransaction(
            new Transaction
            {
                Key = key,
                Flow = flow.Name,
                LeadKey = lead.Key,
                LeadType = lead.Type,
                LeadId = lead.Id,
                Label = lead.Label,
                Unit = lead.Unit,
                LegalEntity = lead.LegalEntity,
                Region = lead.Region,
                Amount = lead.Amount,
                Currency = lead.Currency,
                Objects = objects,
                Milestones = milestones.Count,
                Reached = milestones.Count - waiting.Count,
                Late = milestones.Any(milestone => milestone.ReachedAt is not null && milestone.ReceivedAt > milestone.DueAt),
                Progress = Transaction.ProgressOf(milestones),
                StartedAt = started?.Time,
                CompletedAt = waiting.Count == 0 && milestones.Count > 0 ? milestones.Max(milestone => milestone.ReachedAt) : null,
                NextDueAt = waiting.Min(milestone => milestone.DueAt),
                ReceivedAt = lead.ReceivedAt,
            },
            milestones);
    }

    /// <summary>The same transaction with its deadlines reckoned by the unit in which its lead stands now.</summary>
    public static FoldedTransaction InUnit(FlowDefinition flow, FoldedTransaction folded, BusinessObject lead, CalendarBook calendars)
    {
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentNullException.ThrowIfNull(folded);
        ArgumentNullException.ThrowIfNull(lead);
        ArgumentNullException.ThrowIfNull(calendars);
        var before = folded.Milestones.ToDictionary(milestone => milestone.Name, StringComparer.Ordinal);
        var started = lead.FirstOf(StateFirsts.AnyFact);
        var milestones = new List<TransactionMilestone>();
        foreach (var milestone in flow.Milestones.Where(milestone => before.ContainsKey(milestone.Name)))
        {
            var row = before[milestone.Name];
            milestones.Add(new TransactionMilestone
            {
                TransactionKey = row.TransactionKey, Name = row.Name, Flow = row.Flow, Ordinal = row.Ordinal, ReachedAt = row.ReachedAt, ReceivedAt = row.ReceivedAt,
                System = row.System, ObjectKey = row.ObjectKey, PriorAt = row.PriorAt, Pace = row.Pace, DueAt = Due(milestone, started, milestones, lead.Unit, calendars),
            });
        }

        folded.Row.Late = milestones.Exists(milestone => milestone.ReachedAt is not null && milestone.ReceivedAt > milestone.DueAt);
        folded.Row.Progress = Transaction.ProgressOf(milestones);
        folded.Row.NextDueAt = milestones.Where(milestone => milestone.ReachedAt is null).Min(milestone => milestone.DueAt);
        return new FoldedTransaction(folded.Row, milestones);
    }

    private static TransactionMilestone Reach(string flow, Milestone milestone, Guid key, IReadOnlyCollection<BusinessObject> members, DateTimeOffset? due, List<TransactionMilestone> before)
    {
        (Guid Key, StateFirst First)? earliest = null;
        DateTimeOffset? received = null;
        foreach (var member in members)
        {
            if (member.Type == milestone.Type && member.FirstOf(milestone.State) is { } first)
            {
                received = first.ReceivedAt < received ? first.ReceivedAt : received ?? first.ReceivedAt;
                earliest = earliest is { } known && (known.First.Time, known.Key).CompareTo((first.Time, member.Key)) <= 0 ? known : (member.Key, first);
            }
        }

        var prior = (milestone.After is null ? before.LastOrDefault() : Earlier(before, milestone.After))?.ReachedAt;
        return new TransactionMilestone
        {
            TransactionKey = key,
            Name = milestone.Name,
            Flow = flow,
            Ordinal = before.Count,
            ReachedAt = earliest?.First.Time,
            ReceivedAt = received,
            DueAt = due,
            System = earliest?.First.System,
            ObjectKey = earliest?.Key,
            PriorAt = prior,
            Pace = MilestonePace.Of(prior, earliest?.First.Time),
        };
    }

    private static DateTimeOffset? Due(Milestone milestone, StateFirst? started, List<TransactionMilestone> before, string unit, CalendarBook calendars)
    {
        var from = milestone.After is null ? started?.ReceivedAt : Earlier(before, milestone.After)?.ReceivedAt;
        return milestone.DueHours is { } hours && from is { } start ? calendars.Add(milestone.Calendar, unit, start, hours) : null;
    }

    private static TransactionMilestone? Earlier(List<TransactionMilestone> before, string name)
    {
        foreach (var milestone in before)
        {
            if (milestone.Name == name)
            {
                return milestone;
            }
        }

        return null;
    }
}
