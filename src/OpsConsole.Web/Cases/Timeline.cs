using OpsConsole.Cases;
using OpsConsole.Events;
using OpsConsole.Replay;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Cases;

public enum TimelineView
{
    All,
    Business,
    Technical,
}

/// <summary>One line of the timeline.</summary>
public sealed record TimelineItem(DateTimeOffset At, string Icon, string Family, string Lead, string Rest)
{
    public bool Technical { get; init; }

    /// <summary>Somebody's own words are shown whole.</summary>
    public bool Wraps { get; init; }

    public string? Aside { get; init; }

    public string? TraceId { get; init; }

    public bool In(TimelineView view) => view is TimelineView.All || Technical == view is TimelineView.Technical;
}

/// <summary>The history of one exception, put together from what systems said, its own steps and the sends.</summary>
internal static class Timeline
{
    public static IReadOnlyList<TimelineItem> Of(CaseView view, RepairView? repair) =>
        [.. Said(view).Concat(Traced(view)).Concat(view.Steps.Select(Stepped)).Concat(Sent(repair)).OrderBy(item => item.At)];

    // Each fact that was said of the object, not only where every system stands now.
    private static IEnumerable<TimelineItem> Said(CaseView view) =>
        from fact in view.Facts
        let name = Words.System(fact.System)
        let thing = $"{Words.Of(view.Case.ObjectType)} {view.Case.ObjectId}"
        select (fact.Outcome is SyncOutcome.Failed
            ? new TimelineItem(fact.Time, "failx", "bad", $"{name} refused {thing}", fact.ErrorCode is { } code ? $", {code}{(fact.ErrorMessage is { Length: > 0 } message ? $": {message}" : "")}" : "")
            : new TimelineItem(fact.Time, fact.Outcome is SyncOutcome.Pending ? "half" : "done", fact.Outcome is SyncOutcome.Pending ? "" : "good",
                $"{Words.Sentence(view.Case.ObjectType)} {Words.Of(fact.State ?? fact.Operation)}", $" in {name}{Money(fact)}")) with
        {
            TraceId = fact.TraceId,
        };

    private static string Money(FactLine fact) =>
        fact.Amount is { } amount ? $", {amount.Currency} {CaseWording.Amount(amount.Amount, amount.Currency)}" : "";

    private static IEnumerable<TimelineItem> Traced(CaseView view) =>
        from trace in view.Traces
        select new TimelineItem(trace.StartedAt, "trace", trace.OfFailure ? "bad" : "", trace.Name, $", {trace.Service}, {Say.Took(TimeSpan.FromMilliseconds(trace.Milliseconds))}")
        {
            Technical = true, TraceId = trace.TraceId,
        };

    private static TimelineItem Stepped(CaseStep step)
    {
        var (icon, family) = CaseWording.Mark(step.Action);
        var who = step.Human ? step.Action is CaseAction.Comment ? $" by {step.ActorName}: " : $" by {step.ActorName}" : "";
        var why = step.Reason.Length == 0 ? "" : who.EndsWith(": ", StringComparison.Ordinal) ? step.Reason : $", {step.Reason}";
        return new TimelineItem(step.At, icon, family, CaseWording.Step(step.Action), who + why)
        {
            Technical = step.Action is CaseAction.Changed,
            Wraps = step.Action is CaseAction.Comment,
        };
    }

    private static IEnumerable<TimelineItem> Sent(RepairView? repair) =>
        from replay in repair?.Replays ?? []
        from attempt in replay.Attempts
        let answer = attempt.StatusCode is { } code ? $", {code} in {attempt.Milliseconds}ms" : $", {attempt.Fault ?? "no answer"}"
        select new TimelineItem(attempt.At, "loop", "", $"Attempt {attempt.Number}", $", version {replay.PayloadVersion} to {replay.Target}{answer}")
        {
            Technical = true, TraceId = attempt.TraceId,
        };
}
