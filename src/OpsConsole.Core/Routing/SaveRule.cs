namespace OpsConsole.Routing;

/// <summary>Adds a rule at the end of the book, or changes one. It takes effect at once: what is open and held by nobody is routed anew.</summary>
/// <param name="Id">The rule; nothing: a new one.</param>
/// <param name="Body">What it says.</param>
/// <param name="Actor">Who asks.</param>
public sealed record SaveRule(Guid? Id, RuleBody Body, Actor Actor) : IRequest<Outcome<RuleSaved>>, IGuarded
{
    public Right Needs => Right.ManageRules;
}

/// <param name="Queue">A queue's code; one that does not exist is made, with <paramref name="QueueLabel"/> as its name.</param>
/// <param name="DueHours">From receipt.</param>
public sealed record RuleBody(
    string Name, string? ExceptionType, string? EntityType, string? Unit, string? LegalEntity, string? Category, decimal? AmountAtLeast,
    string Queue, double DueHours, bool Disabled = false, string? QueueLabel = null);

/// <param name="Id">The rule.</param>
/// <param name="Routed">How many exceptions are routed anew.</param>
public sealed record RuleSaved(Guid Id, int Routed);
