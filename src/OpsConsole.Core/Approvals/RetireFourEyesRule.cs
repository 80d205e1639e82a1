using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Approvals;

/// <summary>Takes a four-eyes rule out of force. Its versions stay; who retired it is bound by it for as long as its window.</summary>
public sealed record RetireFourEyesRule(Guid Id, Actor Actor) : IRequest<Outcome<FourEyesSaved>>, IGuarded
{
    public Right Needs => Right.ManageRules;
}

internal sealed class RetireFourEyesRuleHandler(OpsDb db, TimeProvider clock, WorkSignals bells) : IRequestHandler<RetireFourEyesRule, Outcome<FourEyesSaved>>
{
    public async Task<Outcome<FourEyesSaved>> Handle(RetireFourEyesRule request, CancellationToken cancellationToken)
    {
        var rule = await db.FourEyesRules.SingleOrDefaultAsync(r => r.Id == request.Id && r.ReplacedAt == null, cancellationToken);
        if (rule is null)
        {
            return Refusal.NotFound("The rule");
        }

        var now = clock.GetUtcNow();
        (rule.ReplacedAt, rule.ReplacedById) = (now, request.Actor.Id);
        db.Audit.Add(AuditEntry.Of(request.Actor, "four-eyes.retire", $"four-eyes rule {rule.Name}", $"version {rule.Version} was the last", now));
        db.Changes.Add(new Change { Topic = LiveTopic.Settings, At = now });
        var saved = await db.CommitWith(new FourEyesSaved(rule.Id, rule.Version, "retired"), cancellationToken);
        bells.Changes.Ring();
        return saved;
    }
}
