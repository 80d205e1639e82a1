using OpsConsole.Storage;

namespace OpsConsole.Routing;

/// <summary>Takes a rule out of the book. What is open and held by nobody is routed anew.</summary>
public sealed record DeleteRule(Guid Id, Actor Actor) : IRequest<Outcome<RuleSaved>>, IGuarded
{
    public Right Needs => Right.ManageRules;
}

internal sealed class DeleteRuleHandler(OpsDb db, RuleDesk desk) : IRequestHandler<DeleteRule, Outcome<RuleSaved>>
{
    public async Task<Outcome<RuleSaved>> Handle(DeleteRule request, CancellationToken cancellationToken)
    {
        var rule = await db.RoutingRules.SingleOrDefaultAsync(r => r.Id == request.Id, cancellationToken);
        if (rule is null)
        {
            return Refusal.NotFound("The rule");
        }

        db.RoutingRules.Remove(rule);
        return await desk.Commit(rule, "rule.delete", $"it led to {rule.Queue}", request.Actor, cancellationToken);
    }
}
