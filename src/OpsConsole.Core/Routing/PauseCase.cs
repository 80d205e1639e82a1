using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Options;
using OpsConsole.Calendars;
using OpsConsole.Cases;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Routing;

/// <summary>How long clocks may stand still.</summary>
public sealed class SlaOptions
{
    public const string Section = "Sla";

    /// <summary>Hours on its own clock for which one exception may be paused in all, each time that it opens.</summary>
    [Range(0, 1_000)]
    public double MostPausedHours { get; init; } = 40;
}

/// <summary>Lets an exception's clock stand still while it waits for somebody outside. It runs on by itself at the latest.</summary>
/// <param name="CaseId">The exception.</param>
/// <param name="Version">The version that the caller saw; nothing: whatever it is now.</param>
/// <param name="Hours">On the exception's own clock, above 0; what is left of <see cref="SlaOptions.MostPausedHours"/> at most.</param>
/// <param name="Reason">What is waited for; required.</param>
/// <param name="Actor">Who asks.</param>
public sealed record PauseCase(Guid CaseId, int? Version, double Hours, string Reason, Actor Actor) : IRequest<Outcome<CaseStep>>, IGuarded
{
    public Right Needs => Right.WorkCases;
}

/// <summary>Lets the clock run on before the pause has reached its limit.</summary>
public sealed record ResumeCase(Guid CaseId, int? Version, string Reason, Actor Actor) : IRequest<Outcome<CaseStep>>, IGuarded
{
    public Right Needs => Right.WorkCases;
}

/// <summary>The clock of one exception, for its page.</summary>
public sealed record ShowSla(Guid CaseId, Actor Actor) : IRequest<Outcome<SlaView>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="DueAt">UTC; nothing until it was routed.</param>
/// <param name="Hours">What it has on its clock.</param>
/// <param name="LeftHours">What is left on its clock; below zero when overdue.</param>
/// <param name="Said">In which hours the clock counts; empty for plain hours.</param>
/// <param name="Rule">The rule that gave it its time.</param>
/// <param name="PausedUntil">While it stands still: until when at the latest.</param>
/// <param name="PauseLeft">Hours for which it may still be paused.</param>
/// <param name="Pauses">Latest first.</param>
/// <param name="NextLevel">The next level of escalation and when it is reached.</param>
public sealed record SlaView(
    DateTimeOffset? DueAt, double Hours, double LeftHours, string Said, string? Rule, DateTimeOffset? PausedUntil, double PauseLeft, IReadOnlyList<PauseRow> Pauses, LevelAhead? NextLevel);

public sealed record PauseRow(DateTimeOffset From, DateTimeOffset Until, bool Running, string Reason, string By);

public sealed record LevelAhead(string Name, DateTimeOffset At);

internal sealed class PauseCaseHandler(OpsDb db, CaseDesk desk, SlaDesk sla, IOptions<SlaOptions> options) : IRequestHandler<PauseCase, Outcome<CaseStep>>
{
    public Task<Outcome<CaseStep>> Handle(PauseCase request, CancellationToken cancellationToken) => desk.Insist(() => Once(request, cancellationToken));

    private async Task<Outcome<CaseStep>> Once(PauseCase request, CancellationToken cancellationToken)
    {
        var found = await sla.Find(request.CaseId, request.Version, request.Actor, cancellationToken);
        if (found.Value is not { } held)
        {
            return found.Refusal!;
        }

        var (@case, now) = (held.Case, desk.Now);
        var left = options.Value.MostPausedHours - held.Clock.PausedHours;
        if (WhyNot(request, @case, left, now) is { } refusal)
        {
            return refusal;
        }

        var pause = new CasePause
        {
            CaseId = @case.Id, From = now, Until = held.Clock.After(now, request.Hours), Reason = request.Reason.Trim(), ById = request.Actor.Id, ByName = request.Actor.Name,
        };
        var until = pause.Until.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        var move = @case.Move(CaseAction.Pause, request.Actor, $"until {until} at the latest: {pause.Reason}", now);
        if (move.Value is not { } step)
        {
            return move;
        }

        db.CasePauses.Add(pause);
        @case.PausedUntil = pause.Until;
        SlaDesk.Reckon(held, [.. held.Pauses, pause]);
        return await desk.Commit(@case, step, request.Actor, cancellationToken);
    }

    private static Refusal? WhyNot(PauseCase request, ExceptionCase @case, double left, DateTimeOffset now) =>
        request.Reason.Trim().Length is 0 or > Columns.Sentence - 64 ? Refusal.Invalid("reason", "must say what is waited for")
        : @case.PausedUntil is not null ? Refusal.Conflict("sla.paused", $"{@case.Name}'s clock stands still already.")
        : @case.DueAt <= now ? Refusal.Conflict("sla.overdue", $"{@case.Name} is overdue: its clock cannot be stopped any more.")
        : left <= 0 ? Refusal.Conflict("sla.pause-used", $"{@case.Name} has used up all that it may be paused.")
        : !(request.Hours > 0) || request.Hours > left + 0.001 ? Refusal.Invalid("hours", string.Create(CultureInfo.InvariantCulture, $"must be above 0 and at most {left:0.##}, which is left of what it may be paused"))
        : null;
}

internal sealed class ResumeCaseHandler(OpsDb db, CaseDesk desk, SlaDesk sla) : IRequestHandler<ResumeCase, Outcome<CaseStep>>
{
    public Task<Outcome<CaseStep>> Handle(ResumeCase request, CancellationToken cancellationToken) => desk.Insist(() => Once(request, cancellationToken));

    private async Task<Outcome<CaseStep>> Once(ResumeCase request, CancellationToken cancellationToken)
    {
        var found = await sla.Find(request.CaseId, request.Version, request.Actor, cancellationToken);
        if (found.Value is not { } held)
        {
            return found.Refusal!;
        }

        var (@case, now) = (held.Case, desk.Now);
        if (@case.PausedUntil is null)
        {
            return Refusal.Conflict("sla.not-paused", $"{@case.Name}'s clock runs.");
        }

        var move = @case.Move(CaseAction.Resume, request.Actor, request.Reason.Length > 0 ? request.Reason : "the clock runs on", now);
        if (move.Value is not { } step)
        {
            return move;
        }

        foreach (var pause in await db.CasePauses.Where(p => p.CaseId == @case.Id && p.EndedAt == null).ToListAsync(cancellationToken))
        {
            pause.EndedAt = pause.Until < now ? pause.Until : now;
        }

        @case.PausedUntil = null;
        SlaDesk.Reckon(held, [.. db.CasePauses.Local.UnionBy(held.Pauses, pause => pause.From)]);
        return await desk.Commit(@case, step, request.Actor, cancellationToken);
    }
}

internal sealed class ShowSlaHandler(OpsDb db, SlaDesk sla, IOptions<SlaOptions> options, TimeProvider clock) : IRequestHandler<ShowSla, Outcome<SlaView>>
{
    public async Task<Outcome<SlaView>> Handle(ShowSla request, CancellationToken cancellationToken)
    {
        var found = await db.Cases.AsNoTracking().SingleOrDefaultAsync(c => c.Id == request.CaseId, cancellationToken);
        if (found is not { } @case || !request.Actor.Scope.Covers(@case.Unit))
        {
            return Refusal.NotFound("The exception");
        }

        var held = await sla.Read(@case, cancellationToken);
        var now = clock.GetUtcNow();
        var next = Ladder.Reached(held.Levels, @case.Queue, @case, held.Clock).Where(level => level.At > now).Select(level => new LevelAhead(level.Level.Name, level.At)).FirstOrDefault();
        return new SlaView(
            @case.DueAt, held.Rule?.DueHours ?? RuleEngine.FallbackHours, held.Clock.LeftAt(now), held.Clock.Said, held.Rule?.Name, @case.PausedUntil,
            Math.Max(0, options.Value.MostPausedHours - held.Clock.PausedHours),
            [.. held.Pauses.OrderByDescending(p => p.From).Select(p => new PauseRow(p.From, p.EndedAt ?? p.Until, p.EndedAt is null && p.Until > now, p.Reason, p.ByName))],
            CaseFlow.IsEnded(@case.State) ? null : next);
    }
}

/// <summary>What pausing, resuming and showing a clock share.</summary>
internal sealed class SlaDesk(OpsDb db, CaseDesk desk, IOptions<ReportingOptions> reporting)
{
    /// <summary>An exception whose clock the actor may stop: in scope, as seen, not ended and in nobody else's hands.</summary>
    public async Task<Outcome<Held>> Find(Guid id, int? seen, Actor actor, CancellationToken cancellationToken)
    {
        var found = await desk.Find(id, actor, cancellationToken);
        return found.Value is not { } @case ? found.Refusal!
            : @case.HeldByAnother(actor) ? @case.HeldRefusal()
            : await desk.Stale(@case, seen, CaseAction.Pause, actor, cancellationToken) is { } stale ? stale
            : CaseFlow.IsEnded(@case.State) ? Refusal.Conflict("sla.ended", $"{@case.Name} is {ExceptionCase.Say(@case.State)}.")
            : @case.DueAt is null ? Refusal.Conflict("sla.not-routed", $"{@case.Name} has no due time yet. Try again in a moment.")
            : await Read(@case, cancellationToken);
    }

    public async Task<Held> Read(ExceptionCase @case, CancellationToken cancellationToken)
    {
        var rule = @case.RuleId is { } id ? await db.RoutingRules.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken) : null;
        var engine = new RuleEngine(rule is null ? [] : [rule], await CalendarBook.Read(db, cancellationToken), reporting.Value.Currency);
        var pauses = await db.CasePauses.AsNoTracking().Where(p => p.CaseId == @case.Id && p.Until > @case.OpenedAt).ToListAsync(cancellationToken);
        var levels = await db.EscalationLevels.AsNoTracking().OrderBy(level => level.Ordinal).ToListAsync(cancellationToken);
        return new Held(@case, rule, engine, engine.ClockOf(rule, CaseFacts.Of(@case), pauses), pauses, levels);
    }

    /// <summary>Due time and next escalation by what the clock says with these pauses.</summary>
    public static void Reckon(Held held, IReadOnlyList<CasePause> pauses)
    {
        var clock = held.Engine.ClockOf(held.Rule, CaseFacts.Of(held.Case), pauses);
        held.Case.DueAt = clock.At(1);
        held.Case.EscalateAt = Ladder.First(held.Levels, held.Case.Queue, held.Case, clock);
    }

    internal sealed record Held(
        ExceptionCase Case, RoutingRule? Rule, RuleEngine Engine, SlaClock Clock, IReadOnlyList<CasePause> Pauses, IReadOnlyList<EscalationLevel> Levels);
}
