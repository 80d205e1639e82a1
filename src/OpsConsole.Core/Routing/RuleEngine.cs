using OpsConsole.Calendars;

namespace OpsConsole.Routing;

/// <summary>
/// The one way in which a rule book decides, for the worker that routes, for the explanation of a decision and for a what-if. Pure: book, calendars
/// and facts in, decision out.
/// </summary>
/// <param name="rules">In order. Switched-off ones decide nothing.</param>
/// <param name="calendars">To reckon due times by.</param>
/// <param name="currency">The reporting currency, for words.</param>
public sealed class RuleEngine(IReadOnlyList<RoutingRule> rules, CalendarBook calendars, string currency)
{
    /// <summary>Hours until what no rule took is due.</summary>
    public const double FallbackHours = 24;

    private readonly RoutingRule[] _active = [.. rules.Where(rule => !rule.Disabled)];

    public CalendarBook Calendars => calendars;

    public string Currency => currency;

    /// <param name="facts">Of the exception.</param>
    /// <param name="pauses">When its clock stood still.</param>
    public Decision Decide(CaseFacts facts, IReadOnlyList<CasePause>? pauses = null)
    {
        var rule = Array.Find(_active, rule => RuleReading.WhyNot(rule, facts, currency) is null);
        return new Decision(rule, rule?.Queue ?? WorkQueue.Fallback, Due(rule, facts, pauses));
    }

    /// <summary>When the exception is due by this rule; by the fallback's hours without one.</summary>
    public DateTimeOffset Due(RoutingRule? rule, CaseFacts facts, IReadOnlyList<CasePause>? pauses = null) => ClockOf(rule, facts, pauses).At(1);

    /// <summary>The exception's clock by this rule.</summary>
    public SlaClock ClockOf(RoutingRule? rule, CaseFacts facts, IReadOnlyList<CasePause>? pauses = null) =>
        new(calendars, rule?.Calendar, facts.Unit, facts.OpenedAt, rule?.DueHours ?? FallbackHours, pauses ?? []);

    /// <summary>Every rule up to the one that decides, with what holds and what does not.</summary>
    public IReadOnlyList<RuleVerdict> Explain(CaseFacts facts)
    {
        var verdicts = new List<RuleVerdict>();
        foreach (var rule in _active)
        {
            var whyNot = RuleReading.WhyNot(rule, facts, currency);
            verdicts.Add(new RuleVerdict(rule.Id, rule.Name, whyNot is null, whyNot ?? "every condition holds"));
            if (whyNot is null)
            {
                break;
            }
        }

        return verdicts;
    }
}

/// <param name="Rule">The first that held; nothing: none did, it is orphaned.</param>
/// <param name="Queue">Where it goes.</param>
/// <param name="DueAt">When it is due, UTC.</param>
public sealed record Decision(RoutingRule? Rule, string Queue, DateTimeOffset DueAt);
