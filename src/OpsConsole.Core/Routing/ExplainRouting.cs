using Microsoft.Extensions.Options;
using OpsConsole.Calendars;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Routing;

/// <summary>"Why did I get this?": rule by rule against one exception, by the book as it is now and by the one that decided then. Works for ended ones too.</summary>
public sealed record ExplainRouting(Guid CaseId, Actor Actor) : IRequest<Outcome<RoutingExplained>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Said">What chose its queue, as it read when it did.</param>
/// <param name="Queue">Where it is.</param>
/// <param name="WouldBe">Where today's book would put it.</param>
/// <param name="Rules">Each rule of today's book up to the one that decides.</param>
/// <param name="WouldBeDue">When it would be due by today's book and calendars.</param>
/// <param name="Hours">In which hours that is reckoned; empty for plain ones.</param>
/// <param name="Then">The book that was in force when it was routed; nothing while it waits to be.</param>
public sealed record RoutingExplained(
    string? Said, string? Queue, string WouldBe, IReadOnlyList<RuleVerdict> Rules, DateTimeOffset WouldBeDue, string Hours, RoutedThen? Then);

/// <param name="At">When it was routed last, UTC.</param>
/// <param name="Version">The book's number.</param>
/// <param name="By">Who published it.</param>
/// <param name="IsNow">It is still the one in force.</param>
/// <param name="Rules">Each rule of that book up to the one that decided, against what is known of the exception now.</param>
public sealed record RoutedThen(DateTimeOffset At, int Version, string By, bool IsNow, IReadOnlyList<RuleVerdict> Rules);

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

        var facts = CaseFacts.Of(@case);
        var calendars = await CalendarBook.Read(db, cancellationToken);
        var rules = await db.RoutingRules.AsNoTracking().OrderBy(r => r.Ordinal).ThenBy(r => r.Id).ToListAsync(cancellationToken);
        var pauses = await db.CasePauses.AsNoTracking().Where(p => p.CaseId == @case.Id).ToListAsync(cancellationToken);
        var engine = new RuleEngine(rules, calendars, reporting.Value.Currency);
        var now = engine.Decide(facts, pauses);
        return new RoutingExplained(
            @case.RuleSaid, @case.Queue, now.Queue, engine.Explain(facts), now.DueAt, engine.ClockOf(now.Rule, facts).Said, await Then(@case.RoutedAt, facts, calendars, cancellationToken));
    }

    private async Task<RoutedThen?> Then(DateTimeOffset? routed, CaseFacts facts, CalendarBook calendars, CancellationToken cancellationToken)
    {
        if (routed is not { } at)
        {
            return null;
        }

        var versions = db.BookVersions.AsNoTracking();
        var then = await versions.Where(v => v.At <= at).OrderByDescending(v => v.Version).FirstOrDefaultAsync(cancellationToken);
        return then is null ? null : new RoutedThen(
            at, then.Version, then.By, !await versions.AnyAsync(v => v.Version > then.Version, cancellationToken),
            new RuleEngine(BookRule.ToRules(BookRule.FromJson(then.Rules)), calendars, reporting.Value.Currency).Explain(facts));
    }
}
