using OpsConsole.Storage;

namespace OpsConsole.Routing;

/// <summary>Puts a rule at another place in the order. What is open and held by nobody is routed anew.</summary>
/// <param name="Id">The rule.</param>
/// <param name="To">Its new place, from 1.</param>
/// <param name="Actor">Who asks.</param>
public sealed record MoveRule(Guid Id, int To, Actor Actor) : IRequest<Outcome<RuleSaved>>, IGuarded
{
    public Right Needs => Right.ManageRules;
}

internal sealed class MoveRuleHandler(OpsDb db, RuleDesk desk) : IRequestHandler<MoveRule, Outcome<RuleSaved>>
{
    public async Task<Outcome<RuleSaved>> Handle(MoveRule request, CancellationToken cancellationToken)
    {
        var rules = await db.RoutingRules.OrderBy(r => r.Ordinal).ThenBy(r => r.Id).ToListAsync(cancellationToken);
        var rule = rules.Find(r => r.Id == request.Id);
        if (rule is null)
        {
            return Refusal.NotFound("The rule");
        }

        if (request.To < 1 || request.To > rules.Count)
        {
            return Refusal.Invalid("to", $"must be 1 to {rules.Count}");
        }

        rules.Remove(rule);
        rules.Insert(request.To - 1, rule);
        for (var i = 0; i < rules.Count; i++)
        {
            rules[i].Ordinal = i + 1;
        }

        return await desk.Commit(rule, "rule.move", $"to place {request.To}", request.Actor, cancellationToken);
    }
}
