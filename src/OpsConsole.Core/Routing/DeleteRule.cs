namespace OpsConsole.Routing;

/// <summary>Takes a rule out of the book. What is open and held by nobody is routed anew.</summary>
public sealed record DeleteRule(Guid Id, Actor Actor) : IRequest<Outcome<RuleSaved>>, IGuarded
{
    public Right Needs => Right.ManageRules;
}
