using Microsoft.Extensions.Options;
using OpsConsole.Calendars;
using OpsConsole.Cases;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Routing;

/// <summary>
/// What the caller's draft would have done with the exceptions of the last days, beside what the book in force does with the same ones: both by the
/// live engine, over what is known of them now, within the caller's scope. Writes nothing.
/// </summary>
/// <param name="Days">How far back, 1 to <see cref="Longest"/>.</param>
/// <param name="Actor">Who asks.</param>
public sealed record WhatIf(int Days, Actor Actor) : IRequest<Outcome<WhatIfReport>>, IGuarded
{
    public const int Longest = 90;

    public Right Needs => Right.ManageRules;
}

/// <summary>The rows behind one number of a what-if.</summary>
/// <param name="Days">As asked for the report.</param>
/// <param name="Of">Which number: a <see cref="WhatIfGroup"/> as the report names it.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
/// <param name="Take">How many, at most 500.</param>
/// <param name="Actor">Who asks.</param>
public sealed record WhatIfRows(int Days, string Of, string? After, int Take, Actor Actor) : IRequest<Outcome<WhatIfList>>, IGuarded
{
    public Right Needs => Right.ManageRules;
}

/// <param name="Looked">How many exceptions were decided on.</param>
/// <param name="Cut">There were more; the latest were taken.</param>
/// <param name="Moves">From queue to queue, the greatest first.</param>
/// <param name="Queues">Load of each queue, by the book in force and by the draft.</param>
/// <param name="Stewards">Load of each person who works on exceptions; see <see cref="StewardLoad"/>.</param>
/// <param name="Rules">What each rule of the draft takes.</param>
/// <param name="Now">Due times by the book in force.</param>
/// <param name="Draft">Due times by the draft.</param>
/// <param name="Currency">Of the sums; each object is counted once within a number.</param>
public sealed record WhatIfReport(
    int Days, DateTimeOffset Since, int Looked, bool Cut, WhatIfGroup Moved, IReadOnlyList<QueueMove> Moves, IReadOnlyList<QueueLoad> Queues, IReadOnlyList<StewardLoad> Stewards,
    IReadOnlyList<RuleLoad> Rules, DueOutcome Now, DueOutcome Draft, WhatIfGroup Better, WhatIfGroup Worse, WhatIfGroup OrphansNow, WhatIfGroup OrphansDraft, int Version, string Currency,
    IReadOnlyList<string> Changes);

/// <summary>A number and the way to its rows.</summary>
/// <param name="Of">What to ask <see cref="WhatIfRows"/> for.</param>
public sealed record WhatIfGroup(string Of, int Count, decimal AtRisk);

public sealed record QueueMove(string From, string To, WhatIfGroup Group);

public sealed record QueueLoad(string Queue, string Label, WhatIfGroup Now, WhatIfGroup Draft);

/// <summary>
/// A person's share. Now: what they worked on last. By the draft: what stays in its queue stays theirs, and what moves is shared out among those who
/// worked in the queue that it moves to, as they shared that queue: an estimate.
/// </summary>
/// <param name="Now">How many they worked on.</param>
/// <param name="Draft">How many it would be, about.</param>
public sealed record StewardLoad(string Name, WhatIfGroup Now, double Draft);

public sealed record RuleLoad(Guid Id, string Name, WhatIfGroup Now, WhatIfGroup Draft);

/// <param name="Met">Ended by their due time.</param>
/// <param name="Missed">Ended after it, or open and past it.</param>
/// <param name="Running">Open and not due yet.</param>
public sealed record DueOutcome(WhatIfGroup Met, WhatIfGroup Missed, WhatIfGroup Running);

public sealed record WhatIfList(IReadOnlyList<WhatIfRow> Items, int Total, string? Next);

/// <param name="QueueNow">By the book in force.</param>
/// <param name="RuleNow">The rule that decides; nothing: none does.</param>
public sealed record WhatIfRow(
    Guid Id, string Name, string Title, string ObjectType, string ObjectId, string Unit, CaseState State, decimal? AtRisk, DateTimeOffset OpenedAt, DateTimeOffset? EndedAt,
    string QueueNow, string QueueDraft, DateTimeOffset DueNow, DateTimeOffset DueDraft, string? RuleNow, string? RuleDraft, string? Worker);

internal sealed class WhatIfHandler(WhatIfRun run) : IRequestHandler<WhatIf, Outcome<WhatIfReport>>
{
    public async Task<Outcome<WhatIfReport>> Handle(WhatIf request, CancellationToken cancellationToken)
    {
        if (request.Days is < 1 or > WhatIf.Longest)
        {
            return Refusal.Invalid("days", $"must be 1 to {WhatIf.Longest}");
        }

        return WhatIfTotals.Of(await run.Decide(request.Days, request.Actor, cancellationToken));
    }
}

internal sealed class WhatIfRowsHandler(WhatIfRun run) : IRequestHandler<WhatIfRows, Outcome<WhatIfList>>
{
    public async Task<Outcome<WhatIfList>> Handle(WhatIfRows request, CancellationToken cancellationToken)
    {
        if (request.Days is < 1 or > WhatIf.Longest)
        {
            return Refusal.Invalid("days", $"must be 1 to {WhatIf.Longest}");
        }

        var decided = await run.Decide(request.Days, request.Actor, cancellationToken);
        if (WhatIfTotals.Which(request.Of, decided.Now) is not { } which)
        {
            return Refusal.Invalid("of", "must be the name of a number as the report gives it");
        }

        var rows = decided.Rows.Where(which).OrderByDescending(row => row.AtRisk ?? 0).ThenBy(row => row.Number).ToList();
        var skip = int.TryParse(Cursor.Read(request.After, 1)?[0], System.Globalization.CultureInfo.InvariantCulture, out var read) && read > 0 ? read : 0;
        var take = Cursor.Take(request.Take);
        return new WhatIfList(
            [.. rows.Skip(skip).Take(take).Select(row => row.ToRow())], rows.Count,
            skip + take < rows.Count ? Cursor.Of((skip + take).ToString(System.Globalization.CultureInfo.InvariantCulture)) : null);
    }
}

/// <summary>Decides on every exception of the time twice: by the book in force and by the draft.</summary>
internal sealed class WhatIfRun(OpsDb db, DraftDesk desk, IOptions<ReportingOptions> reporting, TimeProvider clock)
{
    private const int Most = 50_000;

    public async Task<Decided> Decide(int days, Actor actor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var since = now.AddDays(-days);
        var draft = await desk.View(actor, cancellationToken);
        var (book, version) = await desk.InForce(cancellationToken);
        var calendars = await CalendarBook.Read(db, cancellationToken);
        var (live, drafted) = (new RuleEngine(BookRule.ToRules(book), calendars, reporting.Value.Currency), new RuleEngine(BookRule.ToRules(draft.Rules), calendars, reporting.Value.Currency));
        var cases = db.Cases.AsNoTracking().Seen(actor.Scope).Where(c => c.OpenedAt >= since);
        var read = await Read(cases, cancellationToken);
        var pauses = (await db.CasePauses.AsNoTracking().Where(p => p.Until > since).ToListAsync(cancellationToken)).ToLookup(p => p.CaseId);
        var workers = await Workers(cases, cancellationToken);
        var rows = read.Take(Most).Select(one =>
        {
            var stood = pauses[one.Id].ToList();
            return new DecidedCase(one, live.Decide(one.Facts, stood), drafted.Decide(one.Facts, stood), one.HolderName ?? workers.GetValueOrDefault(one.Id));
        }).ToList();
        var labels = await db.Queues.AsNoTracking().OrderBy(q => q.Ordinal).ToDictionaryAsync(q => q.Code, q => q.Label, cancellationToken);
        foreach (var rule in draft.Rules)
        {
            labels.TryAdd(rule.Rule.Queue, rule.Rule.QueueLabel ?? rule.Rule.Queue);
        }

        return new Decided(days, since, now, rows, read.Count > Most, book, draft, labels, version, reporting.Value.Currency);
    }

    private static async Task<List<KnownCase>> Read(IQueryable<ExceptionCase> cases, CancellationToken cancellationToken) =>
        await cases.OrderByDescending(c => c.OpenedAt).Take(Most + 1).Select(c => new KnownCase
        {
            Id = c.Id, Number = c.Number, Title = c.Title, Type = c.ExceptionType, ObjectKey = c.ObjectKey, ObjectType = c.ObjectType, ObjectId = c.ObjectId, Unit = c.Unit,
            LegalEntity = c.LegalEntity, Category = c.ErrorCategory, AtRisk = c.ReportingAmount, State = c.State, OpenedAt = c.OpenedAt, EndedAt = c.EndedAt, HolderName = c.HolderName,
        }).ToListAsync(cancellationToken);

    /// <summary>Who did the last thing to each, of people.</summary>
    private async Task<Dictionary<Guid, string>> Workers(IQueryable<ExceptionCase> cases, CancellationToken cancellationToken)
    {
        CaseAction[] work = [CaseAction.Claim, CaseAction.Repair, CaseAction.Submit, CaseAction.Replay, CaseAction.Dismiss];
        var steps = await (
            from step in db.CaseSteps.AsNoTracking()
            join @case in cases on step.CaseId equals @case.Id
            where step.Human && work.Contains(step.Action)
            select new { step.CaseId, step.Version, step.ActorName }).ToListAsync(cancellationToken);
        return steps.GroupBy(step => step.CaseId).ToDictionary(group => group.Key, group => group.MaxBy(step => step.Version)!.ActorName);
    }
}

/// <summary>What a what-if reads of an exception.</summary>
internal sealed class KnownCase
{
    public required Guid Id { get; init; }
    public required long Number { get; init; }
    public required string Title { get; init; }
    public required string Type { get; init; }
    public required Guid ObjectKey { get; init; }
    public required string ObjectType { get; init; }
    public required string ObjectId { get; init; }
    public required string Unit { get; init; }
    public string? LegalEntity { get; init; }
    public string? Category { get; init; }
    public decimal? AtRisk { get; init; }
    public required CaseState State { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? HolderName { get; init; }

    public CaseFacts Facts => new(Type, ObjectType, Unit, LegalEntity, Category, AtRisk, OpenedAt);
}

internal sealed record DecidedCase(KnownCase Case, Decision Now, Decision Draft, string? Worker)
{
    public decimal? AtRisk => Case.AtRisk;

    public long Number => Case.Number;

    public bool Moved => Now.Queue != Draft.Queue;

    public WhatIfRow ToRow() => new(
        Case.Id, $"EX-{Case.Number}", Case.Title, Case.ObjectType, Case.ObjectId, Case.Unit, Case.State, Case.AtRisk, Case.OpenedAt, Case.EndedAt,
        Now.Queue, Draft.Queue, Now.DueAt, Draft.DueAt, Now.Rule?.Name, Draft.Rule?.Name, Worker);
}

internal sealed record Decided(
    int Days, DateTimeOffset Since, DateTimeOffset Now, IReadOnlyList<DecidedCase> Rows, bool Cut, IReadOnlyList<BookRule> Book, DraftView Draft, Dictionary<string, string> Labels,
    int Version, string Currency);
