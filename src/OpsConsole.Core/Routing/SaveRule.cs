using OpsConsole.Cases.Types;
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
public sealed record RuleBody(
    string Name, string? ExceptionType, string? EntityType, string? Unit, string? LegalEntity, string? Category, decimal? AmountAtLeast,
    string Queue, double DueHours, bool Disabled = false, string? QueueLabel = null);

/// <param name="Id">The rule.</param>
/// <param name="Routed">How many exceptions are routed anew.</param>
public sealed record RuleSaved(Guid Id, int Routed);

internal sealed class SaveRuleHandler(OpsDb db, RuleDesk desk) : IRequestHandler<SaveRule, Outcome<RuleSaved>>
{
    public async Task<Outcome<RuleSaved>> Handle(SaveRule request, CancellationToken cancellationToken)
    {
        var body = request.Body;
        if (Wrong(body) is { } refusal)
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

        (rule.Name, rule.Queue, rule.DueHours, rule.Disabled) = (body.Name, body.Queue, body.DueHours, body.Disabled);
        (rule.ExceptionType, rule.EntityType, rule.Category) = (Empty(body.ExceptionType), Empty(body.EntityType), Empty(body.Category));
        (rule.Unit, rule.LegalEntity, rule.AmountAtLeast) = (Empty(body.Unit), Empty(body.LegalEntity), body.AmountAtLeast);
        (rule.UpdatedAt, rule.UpdatedBy) = (desk.Now, request.Actor.Name);
        await MakeQueue(body, cancellationToken);
        return await desk.Commit(rule, "rule.save", $"to {rule.Queue}, due in {rule.DueHours}h", request.Actor, cancellationToken);
    }

    private async Task MakeQueue(RuleBody body, CancellationToken cancellationToken)
    {
        if (!await db.Queues.AnyAsync(q => q.Code == body.Queue, cancellationToken))
        {
            var last = await db.Queues.MaxAsync(q => (int?)q.Ordinal, cancellationToken) ?? 0;
            db.Queues.Add(new WorkQueue { Code = body.Queue, Label = Empty(body.QueueLabel) ?? body.Queue, Ordinal = last + 1 });
        }
    }

    private static Refusal? Wrong(RuleBody body) =>
        body.Name.Trim().Length is 0 or > 120 ? Refusal.Invalid("name", "must have 1 to 120 characters")
        : body.Queue.Length is 0 or > 64 || !body.Queue.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-')
            ? Refusal.Invalid("queue", "must be lower-case letters, digits and hyphens, at most 64")
        : body.DueHours is not (> 0 and <= 8_760) ? Refusal.Invalid("dueHours", "must be above 0 and at most a year")
        : body.AmountAtLeast is < 0 ? Refusal.Invalid("amountAtLeast", "must not be negative")
        : Empty(body.ExceptionType) is { } type && ExceptionCatalog.Find(type) is null
            ? Refusal.Invalid("exceptionType", $"must be one of {string.Join(", ", ExceptionCatalog.All.Select(known => known.Code))}")
        : null;

    private static string? Empty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
