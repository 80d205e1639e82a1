using System.Globalization;
using Microsoft.Extensions.Options;
using OpsConsole.Access;
using OpsConsole.Calendars;
using OpsConsole.Cases;
using OpsConsole.Live;
using OpsConsole.Notify;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Routing;

/// <summary>
/// Takes the levels of escalation whose time has come: notes each in the exception's history, once, and tells who is to hear of it. Also ends
/// pauses that have reached their limit. What it has done stands in tables, so a restart repeats nothing.
/// </summary>
public sealed class SlaWorker(
    IDbContextFactory<OpsDb> databases, WorkSignals bells, IOptions<ReportingOptions> reporting, TimeProvider clock, ILogger<SlaWorker> log)
    : LeasedWorker(databases, bells.Sla, TimeSpan.FromSeconds(3), log)
{
    private const int Most = 300;

    protected override string LeaseName => "sla";

    protected override async Task<bool> Turn(long epoch, CancellationToken cancellationToken)
    {
        try
        {
            var ended = await InTransaction(epoch, db => EndPauses(db, cancellationToken), cancellationToken);
            var (looked, taken) = await InTransaction(epoch, db => Escalate(db, cancellationToken), cancellationToken);
            if (taken + ended > 0)
            {
                bells.Changes.Ring();
                bells.Notices.Ring();
                log.CasesEscalated(taken, ended);
            }

            return looked == Most || ended == Most;
        }
        catch (DbUpdateConcurrencyException)
        {
            return true;
        }
    }

    private async Task<int> EndPauses(OpsDb db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var paused = await db.Cases.Where(c => c.PausedUntil != null && c.PausedUntil <= now).OrderBy(c => c.PausedUntil).Take(Most).ToListAsync(cancellationToken);
        if (paused.Count == 0)
        {
            return 0;
        }

        var ids = paused.ConvertAll(c => c.Id);
        foreach (var pause in await db.CasePauses.Where(p => ids.Contains(p.CaseId) && p.EndedAt == null).ToListAsync(cancellationToken))
        {
            pause.EndedAt = pause.Until;
        }

        foreach (var @case in paused)
        {
            @case.PausedUntil = null;
            if (!CaseFlow.IsEnded(@case.State) && @case.Move(CaseAction.Resume, Actor.System, "the pause has reached its limit; the clock runs on", now).Value is { } step)
            {
                db.CaseSteps.Add(step);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        await db.Dialect.Insert(db, CaseNews.Of(paused, now), cancellationToken);
        return paused.Count;
    }

    private async Task<(int Looked, int Taken)> Escalate(OpsDb db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = await db.Cases.Where(c => c.EscalateAt != null && c.EscalateAt <= now && c.EndedAt == null && c.MovedTo == null && c.RoutedAt != null)
            .OrderBy(c => c.EscalateAt).Take(Most).ToListAsync(cancellationToken);
        if (due.Count == 0)
        {
            return (0, 0);
        }

        var look = await Read.All(db, due, reporting.Value.Currency, cancellationToken);
        var moved = new List<ExceptionCase>();
        var taken = 0;
        foreach (var @case in due)
        {
            var count = Escalate(db, @case, look, now);
            taken += count;
            if (count > 0)
            {
                moved.Add(@case);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        await db.Dialect.Insert(db, CaseNews.Of(moved, now), cancellationToken);
        return (due.Count, taken);
    }

    private static int Escalate(OpsDb db, ExceptionCase @case, Read look, DateTimeOffset now)
    {
        var clockOf = look.Engine.ClockOf(look.Rules.GetValueOrDefault(@case.RuleId ?? Guid.Empty), CaseFacts.Of(@case), [.. look.Pauses[@case.Id]]);
        var taken = 0;
        @case.EscalateAt = null;
        foreach (var (level, at) in Ladder.Reached(look.Levels, @case.Queue, @case, clockOf))
        {
            if (at > now)
            {
                @case.EscalateAt = at;
                break;
            }

            if (look.Done.Add((@case.Id, @case.Spells, level.Id)))
            {
                Take(db, @case, level, look, now);
                taken++;
            }
        }

        return taken;
    }

    private static void Take(OpsDb db, ExceptionCase @case, EscalationLevel level, Read look, DateTimeOffset now)
    {
        var amount = @case.ReportingAmount is { } worth ? $"{new Money(worth, look.Engine.Currency)} at risk, " : "";
        var due = @case.DueAt is { } at ? (at <= now ? "overdue since " : "due ") + at.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) : "";
        var (recipient, told) = look.Recipient(level, @case);
        db.CaseEscalations.Add(new CaseEscalation { CaseId = @case.Id, Spells = @case.Spells, LevelId = level.Id, At = now });
        if (@case.Move(CaseAction.Escalate, Actor.System, $"{level.Name}: {amount}{due}. Told: {told}", now).Value is { } step)
        {
            db.CaseSteps.Add(step);
        }

        @case.Escalation = Math.Max(@case.Escalation, level.Ordinal);
        db.Notices.Add(new Notice
        {
            Id = Guid.CreateVersion7(now), Recipient = recipient, Unit = @case.Unit, LegalEntity = @case.LegalEntity, Kind = NoticeKinds.Escalation, Cause = $"{level.Id:n}/{@case.Fingerprint}",
            Subject = @case.Id, ObjectKey = @case.ObjectKey, Amount = @case.ReportingAmount, Urgent = level.Urgent, At = now,
            Text = Cut($"{@case.Name} {(due.StartsWith("over", StringComparison.Ordinal) ? "is overdue" : "is due soon")}: {@case.Title}, {@case.ObjectLabel ?? @case.ObjectId}"),
            Several = Cut($"exceptions, {level.Name.ToLowerInvariant()}: {@case.Cause}"),
            Link = $"/exceptions/{@case.Name}", SeveralLink = $"/worklist?cause={@case.Fingerprint}",
        });
    }

    private static string Cut(string text) => text.Length > Columns.Sentence ? text[..Columns.Sentence] : text;

    /// <summary>What a turn reads once for all of its exceptions.</summary>
    private sealed record Read(
        RuleEngine Engine, Dictionary<Guid, RoutingRule> Rules, IReadOnlyList<EscalationLevel> Levels, ILookup<Guid, CasePause> Pauses, HashSet<(Guid Case, int Spells, Guid Level)> Done,
        Dictionary<string, string> People)
    {
        public static async Task<Read> All(OpsDb db, List<ExceptionCase> due, string currency, CancellationToken cancellationToken)
        {
            var ids = due.ConvertAll(c => c.Id);
            var rules = await db.RoutingRules.AsNoTracking().ToListAsync(cancellationToken);
            var done = await db.CaseEscalations.AsNoTracking().Where(e => ids.Contains(e.CaseId)).ToListAsync(cancellationToken);
            var people = await db.People.AsNoTracking().Where(p => !p.Disabled).Select(p => new { p.Id, p.DisplayName }).ToListAsync(cancellationToken);
            return new Read(
                new RuleEngine(rules, await CalendarBook.Read(db, cancellationToken), currency),
                rules.ToDictionary(rule => rule.Id),
                await db.EscalationLevels.AsNoTracking().OrderBy(level => level.Ordinal).ToListAsync(cancellationToken),
                (await db.CasePauses.AsNoTracking().Where(p => ids.Contains(p.CaseId)).ToListAsync(cancellationToken)).ToLookup(p => p.CaseId),
                [.. done.Select(e => (e.CaseId, e.Spells, e.LevelId))],
                people.ToDictionary(p => Notice.ToPerson(p.Id), p => p.DisplayName, StringComparer.Ordinal));
        }

        /// <summary>Whom a level means here, and how that reads. A holder or person who is gone leaves it to the stewards of the unit.</summary>
        public (string Recipient, string Told) Recipient(EscalationLevel level, ExceptionCase @case)
        {
            var wanted = level.Recipient == EscalationLevel.Holder ? @case.Holder is { } holder ? $"person:{holder}" : "" : level.Recipient;
            return People.TryGetValue(wanted, out var name) ? (wanted, name)
                : Notice.TryRole(wanted, out var role) ? (wanted, $"{role}s of {@case.Unit}")
                : Notice.Hook(wanted) is { } hook ? (wanted, $"the channel {hook}")
                : (Notice.ToRole(Role.Steward), $"Stewards of {@case.Unit}");
        }
    }
}
