using Microsoft.Extensions.Options;
using OpsConsole.Cases;
using OpsConsole.Live;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Routing;

/// <summary>Gives every exception that has none, or whose facts or rules changed, its queue and due time. What no rule takes goes to the fallback: nothing is orphaned.</summary>
public sealed class RoutingWorker(
    IDbContextFactory<OpsDb> databases, WorkSignals bells, IOptions<ReportingOptions> reporting, TimeProvider clock, ILogger<RoutingWorker> log)
    : LeasedWorker(databases, bells.Routing, TimeSpan.FromSeconds(1), log)
{
    private const int Most = 1_000;
    private const double FallbackHours = 24;

    protected override string LeaseName => "routing";

    protected override async Task<bool> Turn(long epoch, CancellationToken cancellationToken)
    {
        try
        {
            var routed = await InTransaction(epoch, db => Route(db, cancellationToken), cancellationToken);
            if (routed > 0)
            {
                bells.Changes.Ring();
                log.CasesRouted(routed);
            }

            return routed == Most;
        }
        catch (DbUpdateConcurrencyException)
        {
            return true;
        }
    }

    private async Task<int> Route(OpsDb db, CancellationToken cancellationToken)
    {
        var waiting = await db.Cases.Where(c => c.RoutedAt == null).OrderBy(c => c.Number).Take(Most).ToListAsync(cancellationToken);
        if (waiting.Count == 0)
        {
            return 0;
        }

        var rules = await db.RoutingRules.AsNoTracking().Where(r => !r.Disabled).OrderBy(r => r.Ordinal).ThenBy(r => r.Id).ToListAsync(cancellationToken);
        var labels = await db.Queues.AsNoTracking().ToDictionaryAsync(q => q.Code, q => q.Label, cancellationToken);
        var steps = new List<CaseStep>();
        var left = new List<Change>();
        foreach (var @case in waiting)
        {
            var was = @case.Queue is null ? null : @case.ToChange(clock.GetUtcNow());
            if (Route(@case, rules.Find(rule => RuleReading.WhyNot(rule, @case, reporting.Value.Currency) is null), labels) is { } step)
            {
                steps.Add(step);
            }

            if (was is not null && was.Queue != @case.Queue)
            {
                left.Add(was);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        await db.Dialect.Insert(db, [.. steps.OrderBy(s => s.CaseId)], cancellationToken);
        await db.Dialect.Insert(db, [.. CaseNews.Of(waiting, clock.GetUtcNow()), .. left.DistinctBy(change => (change.Unit, change.Queue))], cancellationToken);
        return waiting.Count;
    }

    private CaseStep? Route(ExceptionCase @case, RoutingRule? rule, Dictionary<string, string> labels)
    {
        var now = clock.GetUtcNow();
        var queue = rule?.Queue ?? WorkQueue.Fallback;
        var label = labels.GetValueOrDefault(queue, queue);
        var said = rule is null ? "No rule fits" : RuleReading.Say(rule, label, reporting.Value.Currency);
        var due = @case.OpenedAt.AddHours(rule?.DueHours ?? FallbackHours);
        @case.RoutedAt = now;
        if (@case.Queue == queue && @case.DueAt == due && @case.RuleId == rule?.Id)
        {
            return null;
        }

        var moved = @case.Queue != queue;
        (@case.Queue, @case.DueAt, @case.RuleId, @case.RuleSaid) = (queue, due, rule?.Id, said.Length > Columns.Sentence ? said[..Columns.Sentence] : said);
        return moved && !CaseFlow.IsEnded(@case.State) ? @case.Move(CaseAction.Route, Actor.System, $"to {label}. {said}", now).Value : null;
    }
}

/// <summary>Every sentence that this room writes to the log. Ids 2200-2299 belong to it.</summary>
internal static partial class RoutingLog
{
    [LoggerMessage(2201, LogLevel.Information, "{Count} cases were routed")]
    public static partial void CasesRouted(this ILogger log, int count);
}
