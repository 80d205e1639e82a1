using OpsConsole.Audit;
using OpsConsole.Cases;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Routing;

/// <summary>Commits a change of the rule book with its audit entry, and marks what is open and held by nobody to be routed anew.</summary>
internal sealed class RuleDesk(OpsDb db, TimeProvider clock, WorkSignals bells)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task<Outcome<RuleSaved>> Commit(RoutingRule rule, string action, string detail, Actor actor, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.Audit.Add(AuditEntry.Of(actor, action, $"rule {rule.Name}", detail, Now));
        db.Changes.Add(new Change { Topic = LiveTopic.Settings, At = Now });
        var saved = await db.CommitWith(rule.Id, cancellationToken);
        if (!saved.Accepted)
        {
            return saved.Refusal;
        }

        var routed = await db.Cases.Where(c => c.State == CaseState.Open && c.Holder == null && c.RoutedAt != null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.RoutedAt, (DateTimeOffset?)null), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        bells.Routing.Ring();
        bells.Changes.Ring();
        return new RuleSaved(rule.Id, routed);
    }
}
