using OpsConsole.Storage;

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
/// <param name="Calendar">In whose business hours: a calendar's name, <c>unit</c>, or nothing for plain hours.</param>
public sealed record RuleBody(
    string Name, string? ExceptionType, string? EntityType, string? Unit, string? LegalEntity, string? Category, decimal? AmountAtLeast,
    string Queue, double DueHours, bool Disabled = false, string? QueueLabel = null, string? Calendar = null);

/// <param name="Id">The rule.</param>
/// <param name="Routed">How many exceptions are routed anew.</param>
public sealed record RuleSaved(Guid Id, int Routed);

internal sealed class SaveRuleHandler(OpsDb db, RuleDesk desk) : IRequestHandler<SaveRule, Outcome<RuleSaved>>
{
    public async Task<Outcome<RuleSaved>> Handle(SaveRule request, CancellationToken cancellationToken)
    {
        var body = request.Body;
        if (await desk.Wrong(body, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var rule = request.Id is { } id ? await db.RoutingRules.SingleOrDefaultAsync(r => r.Id == id, cancellationToken) : null;
        if (request.Id is not null && rule is null)
        {
            return Refusal.NotFound("The rule");
        }

        if (rule is null)
        {
            var last = await db.RoutingRules.MaxAsync(r => (int?)r.Ordinal, cancellationToken) ?? 0;
            rule = new RoutingRule { Id = Guid.CreateVersion7(desk.Now), Ordinal = last + 1, Name = body.Name, Queue = body.Queue };
            db.RoutingRules.Add(rule);
        }

        rule.Take(body);
        (rule.UpdatedAt, rule.UpdatedBy) = (desk.Now, request.Actor.Name);
        await desk.MakeQueue(body, cancellationToken);
        return await desk.Commit(rule, "rule.save", $"to {rule.Queue}, due in {RuleReading.Due(rule)}", request.Actor, cancellationToken);
    }
}
