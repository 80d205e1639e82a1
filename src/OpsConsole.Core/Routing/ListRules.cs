namespace OpsConsole.Routing;

/// <summary>The rule book: rules in the order in which they are read, and the queues.</summary>
public sealed record ListRules(Actor Actor) : IRequest<Outcome<RuleBook>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Rules">In order; the first whose conditions all hold decides.</param>
/// <param name="Queues">In the order of the tabs.</param>
/// <param name="ReportingCurrency">The currency of <see cref="RoutingRule.AmountAtLeast"/>.</param>
public sealed record RuleBook(IReadOnlyList<RuleRow> Rules, IReadOnlyList<WorkQueue> Queues, string ReportingCurrency);

/// <param name="Ordinal">Its place, from 1.</param>
/// <param name="Says">The rule as a sentence.</param>
/// <param name="Chose">How many unended exceptions it chose the queue of.</param>
public sealed record RuleRow(
    Guid Id, int Ordinal, string Name, string? ExceptionType, string? EntityType, string? Unit, string? LegalEntity, string? Category, decimal? AmountAtLeast,
    string Queue, double DueHours, bool Disabled, DateTimeOffset UpdatedAt, string UpdatedBy, string Says, int Chose);
