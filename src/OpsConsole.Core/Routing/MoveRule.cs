namespace OpsConsole.Routing;

/// <summary>Puts a rule at another place in the order. What is open and held by nobody is routed anew.</summary>
/// <param name="Id">The rule.</param>
/// <param name="To">Its new place, from 1.</param>
/// <param name="Actor">Who asks.</param>
public sealed record MoveRule(Guid Id, int To, Actor Actor) : IRequest<Outcome<RuleSaved>>, IGuarded
{
    public Right Needs => Right.ManageRules;
}
