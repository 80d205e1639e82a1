namespace OpsConsole.Routing;

/// <summary>"Why did I get this?": the rule book as it is now, rule by rule, against one exception.</summary>
public sealed record ExplainRouting(Guid CaseId, Actor Actor) : IRequest<Outcome<RoutingExplained>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Said">What chose its queue, as it read when it did.</param>
/// <param name="Queue">Where it is.</param>
/// <param name="WouldBe">Where today's book would put it.</param>
/// <param name="Rules">Each rule up to the one that decides.</param>
public sealed record RoutingExplained(string? Said, string? Queue, string WouldBe, IReadOnlyList<RuleVerdict> Rules);

/// <param name="Holds">Every condition holds: this rule decides.</param>
/// <param name="Why">Which condition does not hold, or that all do.</param>
public sealed record RuleVerdict(Guid Id, string Name, bool Holds, string Why);
