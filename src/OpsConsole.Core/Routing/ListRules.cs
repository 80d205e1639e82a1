using Microsoft.Extensions.Options;
using OpsConsole.Cases;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Routing;

/// <summary>The rule book: rules in the order in which they are read, and the queues.</summary>
public sealed record ListRules(Actor Actor) : IRequest<Outcome<RuleBook>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Rules">In order; the first whose conditions all hold decides.</param>
/// <param name="Queues">In the order of the tabs.</param>
/// <param name="ReportingCurrency">The currency of <see cref="RoutingRule.AmountAtLeast"/>.</param>
/// <param name="Version">The number under which it was published.</param>
/// <param name="Calendars">The names that a rule may name.</param>
public sealed record RuleBook(IReadOnlyList<RuleRow> Rules, IReadOnlyList<WorkQueue> Queues, string ReportingCurrency, int Version, IReadOnlyList<string> Calendars);

/// <param name="Ordinal">Its place, from 1.</param>
/// <param name="Says">The rule as a sentence.</param>
/// <param name="Chose">How many unended exceptions it chose the queue of.</param>
public sealed record RuleRow(
    Guid Id, int Ordinal, string Name, string? ExceptionType, string? EntityType, string? Unit, string? LegalEntity, string? Category, decimal? AmountAtLeast,
    string Queue, double DueHours, string? Calendar, bool Disabled, DateTimeOffset UpdatedAt, string UpdatedBy, string Says, int Chose);

internal sealed class ListRulesHandler(OpsDb db, IOptions<ReportingOptions> reporting) : IRequestHandler<ListRules, Outcome<RuleBook>>
{
    public async Task<Outcome<RuleBook>> Handle(ListRules request, CancellationToken cancellationToken)
    {
        var currency = reporting.Value.Currency;
        var rules = await db.RoutingRules.AsNoTracking().OrderBy(r => r.Ordinal).ThenBy(r => r.Id).ToListAsync(cancellationToken);
        var queues = await db.Queues.AsNoTracking().OrderBy(q => q.Ordinal).ThenBy(q => q.Code).ToListAsync(cancellationToken);
        var chose = await db.Cases.AsNoTracking().Seen(request.Actor.Scope).Unended().Where(c => c.RuleId != null)
            .GroupBy(c => c.RuleId!.Value).Select(rule => new { rule.Key, Count = rule.Count() }).ToDictionaryAsync(rule => rule.Key, rule => rule.Count, cancellationToken);
        var labels = queues.ToDictionary(q => q.Code, q => q.Label, StringComparer.Ordinal);
        return new RuleBook(
            [.. rules.Select((r, i) => new RuleRow(
                r.Id, i + 1, r.Name, r.ExceptionType, r.EntityType, r.Unit, r.LegalEntity, r.Category, r.AmountAtLeast, r.Queue, r.DueHours, r.Calendar, r.Disabled, r.UpdatedAt, r.UpdatedBy,
                RuleReading.Say(r, labels.GetValueOrDefault(r.Queue, r.Queue), currency), chose.GetValueOrDefault(r.Id)))],
            queues,
            currency,
            await db.BookVersions.MaxAsync(v => (int?)v.Version, cancellationToken) ?? 0,
            await db.Calendars.OrderBy(c => c.Name).Select(c => c.Name).ToListAsync(cancellationToken));
    }
}
