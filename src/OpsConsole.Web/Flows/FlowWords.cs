using OpsConsole.Flows;
using OpsConsole.Web.Events;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Flows;

/// <summary>How transactions and milestones are put into words.</summary>
internal static class FlowWords
{
    public static Status Of(TransactionStatus status) => status switch
    {
        TransactionStatus.Missing => Statuses.Missing,
        TransactionStatus.Late => Statuses.Late,
        TransactionStatus.Done => Statuses.Done,
        _ => new Status("half", "Under way", "still"),
    };

    public static string Icon(MilestoneStatus status) => status switch
    {
        MilestoneStatus.Done => "done",
        MilestoneStatus.Late => "latedone",
        MilestoneStatus.Missing => "miss",
        _ => "dash",
    };

    /// <summary>The family of the track's point.</summary>
    public static string Family(MilestoneStatus status) => status switch
    {
        MilestoneStatus.Done => "good",
        MilestoneStatus.Late => "warn",
        MilestoneStatus.Missing => "miss",
        _ => "todo",
    };

    /// <summary>The page's headline: what has come last, what is missing, since when.</summary>
    public static string Sentence(TransactionDetails found, DateTimeOffset now)
    {
        var name = $"{Words.Sentence(found.Lead.Type)} {found.Lead.Id}";
        var missing = found.Milestones.Where(milestone => milestone.Status is MilestoneStatus.Missing).ToList();
        var late = found.Milestones.Where(milestone => milestone.Status is MilestoneStatus.Late).ToList();
        var last = found.Milestones.Where(milestone => milestone.Time is not null).MaxBy(milestone => milestone.Time);
        if (missing.Count > 0)
        {
            var first = missing[0];
            var before = last is null ? $"{name} has begun" : $"{name} is {Lower(last.Label)}";
            var overdue = first.Due is { } due ? $" It was due {Say.Age(now - due)} ago." : "";
            return $"{before}, but “{first.Label}” has not arrived{(missing.Count > 1 ? $", nor {Count(missing.Count - 1)} after it" : "")}.{overdue}";
        }

        if (found.CompletedAt is not null)
        {
            return late.Count == 0
                ? $"{name} went through all {found.Milestones.Count} milestones in time."
                : $"{name} is complete; {ObjectSentence.List(late.Select(milestone => $"“{milestone.Label}”"))} came late.";
        }

        var next = found.Milestones.FirstOrDefault(milestone => milestone.Time is null);
        var at = last is null ? $"{name} is known, but no milestone has been reached" : $"{name} is {Lower(last.Label)}";
        return next is null ? $"{at}." : $"{at}; “{next.Label}” comes next{(next.Due is { } until ? $", due in {Say.Age(until - now)}" : "")}.";
    }

    private static string Count(int more) => more == 1 ? "the one" : $"the {more}";

    /// <summary>In the middle of a sentence; what begins with two capitals is a name and stays.</summary>
    public static string Lower(string label) => label.Length > 1 && char.IsLower(label[1]) ? char.ToLowerInvariant(label[0]) + label[1..] : label;
}
