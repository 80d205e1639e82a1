using Microsoft.Extensions.Options;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Routing;

/// <summary>"Why did I get this?": the rule book as it is now, rule by rule, against one exception.</summary>
public sealed record ExplainRouting(Guid CaseId, Actor Actor) : IRequest<Outcome<RoutingExplained>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Said">What chose its queue, as it read when it did.</param>
/// <param name="Queue">Where it is.</param>
/// <param name="WouldBe">Where today's book would put it.</param>
/// <param name="Rules">Each rule up to the one that decides.</param>
public sealed record RoutingExplained(string? Said, string? Queue, string WouldBe, IReadOnlyList<RuleVerdict> Rules);

/// <param name="Holds">Every condition holds: this rule decides.</param>
/// <param name="Why">Which condition does not hold, or that all do.</param>
public sealed record RuleVerdict(Guid Id, string Name, bool Holds, string Why);

internal sealed class ExplainRoutingHandler(OpsDb db, IOptions<ReportingOptions> reporting) : IRequestHandler<ExplainRouting, Outcome<RoutingExplained>>
{
    public async Task<Outcome<RoutingExplained>> Handle(ExplainRouting request, CancellationToken cancellationToken)
    {
        var @case = await db.Cases.AsNoTracking().SingleOrDefaultAsync(c => c.Id == request.CaseId, cancellationToken);
        if (@case is null || !request.Actor.Scope.Covers(@case.Unit))
        {
            return Refusal.NotFound("The exception");
        }

        var rules = await db.RoutingRules.AsNoTracking().Where(r => !r.Disabled).OrderBy(r => r.Ordinal).ThenBy(r => r.Id).ToListAsync(cancellationToken);
        var verdicts = new List<RuleVerdict>();
        foreach (var rule in rules)
        {
            var whyNot = RuleReading.WhyNot(rule, @case, reporting.Value.Currency);
            verdicts.Add(new RuleVerdict(rule.Id, rule.Name, whyNot is null, whyNot ?? "every condition holds"));
            if (whyNot is null)
            {
                return new RoutingExplained(@case.RuleSaid, @case.Queue, rule.Queue, verdicts);
            }
        }

        return new RoutingExplained(@case.RuleSaid, @case.Queue, WorkQueue.Fallback, verdicts);
    }
}
