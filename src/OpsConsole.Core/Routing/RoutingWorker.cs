using Microsoft.Extensions.Options;
using OpsConsole.Calendars;
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
    private long _calendars = -1;

    protected override string LeaseName => "routing";

    protected override async Task<bool> Turn(long epoch, CancellationToken cancellationToken)
    {
        try
        {
            _calendars = await InTransaction(epoch, db => FollowCalendars(db, cancellationToken), cancellationToken);
            var routed = await InTransaction(epoch, db => Route(db, cancellationToken), cancellationToken);
            if (routed > 0)
            {
                bells.Changes.Ring();
                bells.Sla.Ring();
                log.CasesRouted(routed);
            }

            return routed == Most;
        }
        catch (DbUpdateConcurrencyException)
        {
            return true;
        }
    }

    /// <summary>Due times that were reckoned before a calendar or a level of escalation changed are reckoned anew, once; also after a restart.</summary>
    private async Task<long> FollowCalendars(OpsDb db, CancellationToken cancellationToken)
    {
        var changes = await db.Calendars.AsNoTracking().Select(c => new { c.Version, c.UpdatedAt }).ToListAsync(cancellationToken);
        var levels = await db.EscalationLevels.AsNoTracking().MaxAsync(level => (DateTimeOffset?)level.UpdatedAt, cancellationToken) ?? DateTimeOffset.MinValue;
        var stamp = changes.Sum(change => (long)change.Version) ^ levels.UtcTicks;
        if (stamp != _calendars)
        {
            var changedAt = changes.Count == 0 ? DateTimeOffset.MinValue : changes.Max(change => change.UpdatedAt);
            var byCalendar = await db.RoutingRules.AsNoTracking().Where(r => r.Calendar != null).Select(r => r.Id).ToListAsync(cancellationToken);
            await db.Cases.Where(c => c.EndedAt == null && (c.RoutedAt < levels || (c.RoutedAt < changedAt && c.RuleId != null && byCalendar.Contains(c.RuleId.Value))))
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.RoutedAt, (DateTimeOffset?)null), cancellationToken);
        }

        return stamp;
    }

    private async Task<int> Route(OpsDb db, CancellationToken cancellationToken)
    {
        var waiting = await db.Cases.Where(c => c.RoutedAt == null).OrderBy(c => c.Number).Take(Most).ToListAsync(cancellationToken);
        if (waiting.Count == 0)
        {
            return 0;
        }

        var book = await Open(db, waiting, cancellationToken);
        var steps = new List<CaseStep>();
        var left = new List<Change>();
        foreach (var @case in waiting)
        {
            var was = @case.Queue is null ? null : @case.ToChange(clock.GetUtcNow());
            if (Route(@case, book) is { } step)
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

    private async Task<Book> Open(OpsDb db, List<ExceptionCase> waiting, CancellationToken cancellationToken)
    {
        var rules = await db.RoutingRules.AsNoTracking().OrderBy(r => r.Ordinal).ThenBy(r => r.Id).ToListAsync(cancellationToken);
        var ids = waiting.Where(c => c.PausedUntil is not null || c.Version > 1).Select(c => c.Id).ToList();
        return new Book(
            new RuleEngine(rules, await CalendarBook.Read(db, cancellationToken), reporting.Value.Currency),
            rules.ToDictionary(rule => rule.Id),
            await db.Queues.AsNoTracking().ToDictionaryAsync(q => q.Code, q => q.Label, cancellationToken),
            await db.EscalationLevels.AsNoTracking().OrderBy(level => level.Ordinal).ToListAsync(cancellationToken),
            (await db.CasePauses.AsNoTracking().Where(pause => ids.Contains(pause.CaseId)).ToListAsync(cancellationToken)).ToLookup(pause => pause.CaseId));
    }

    /// <summary>What nobody works on yet goes where the book says; what somebody holds stays there, and only its due time follows rule and calendar.</summary>
    private CaseStep? Route(ExceptionCase @case, Book book)
    {
        var (now, facts, pauses) = (clock.GetUtcNow(), CaseFacts.Of(@case), book.Pauses[@case.Id].ToList());
        var free = @case.Queue is null || @case is { State: CaseState.Open, Holder: null } || CaseFlow.IsEnded(@case.State);
        var rule = free ? book.Engine.Decide(facts, pauses).Rule : book.Rules.GetValueOrDefault(@case.RuleId ?? Guid.Empty);
        var due = book.Engine.Due(rule, facts, pauses);
        @case.RoutedAt = now;
        @case.EscalateAt = CaseFlow.IsEnded(@case.State) ? null : Ladder.First(book.Levels, free ? rule?.Queue ?? WorkQueue.Fallback : @case.Queue, @case, book.Engine.ClockOf(rule, facts, pauses));
        if (!free)
        {
            @case.DueAt = @case.RuleId is null || rule is not null ? due : @case.DueAt;
            return null;
        }

        var queue = rule?.Queue ?? WorkQueue.Fallback;
        if (@case.Queue == queue && @case.DueAt == due && @case.RuleId == rule?.Id)
        {
            return null;
        }

        var label = book.Labels.GetValueOrDefault(queue, queue);
        var said = rule is null ? "No rule fits" : RuleReading.Say(rule, label, reporting.Value.Currency);
        var moved = @case.Queue != queue;
        (@case.Queue, @case.DueAt, @case.RuleId, @case.RuleSaid) = (queue, due, rule?.Id, said.Length > Columns.Sentence ? said[..Columns.Sentence] : said);
        return moved && !CaseFlow.IsEnded(@case.State) ? @case.Move(CaseAction.Route, Actor.System, $"to {label}. {said}", now).Value : null;
    }

    private sealed record Book(
        RuleEngine Engine, Dictionary<Guid, RoutingRule> Rules, Dictionary<string, string> Labels, IReadOnlyList<EscalationLevel> Levels, ILookup<Guid, CasePause> Pauses);
}

/// <summary>Every sentence that this room writes to the log. Ids 2200-2299 belong to it.</summary>
internal static partial class RoutingLog
{
    [LoggerMessage(2201, LogLevel.Information, "{Count} cases were routed")]
    public static partial void CasesRouted(this ILogger log, int count);

    [LoggerMessage(2202, LogLevel.Information, "{Taken} levels of escalation were taken, {Ended} pauses ended")]
    public static partial void CasesEscalated(this ILogger log, int taken, int ended);
}
