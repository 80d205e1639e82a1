using OpsConsole.Access;
using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Notify;
using OpsConsole.Storage;

namespace OpsConsole.Rights;

/// <summary>Gives somebody roles for some hours, oneself included. Every administrator hears of it at once; somebody else reviews it afterwards.</summary>
/// <param name="PersonId">Who gets them.</param>
/// <param name="Grant">What and where, besides what they have.</param>
/// <param name="Hours">1 to 12.</param>
/// <param name="Reason">What cannot wait, in at least 10 characters.</param>
/// <param name="Actor">Who asks.</param>
public sealed record GiveEmergency(Guid PersonId, Grant Grant, int Hours, string Reason, Actor Actor) : IRequest<Outcome<EmergencyRow>>, IGuarded, IStepUp
{
    public const int Longest = 12;

    public Right Needs => Right.ManageAccess;
}

/// <summary>Ends it before its time.</summary>
public sealed record EndEmergency(Guid Id, Actor Actor) : IRequest<Outcome<EmergencyRow>>, IGuarded
{
    public Right Needs => Right.ManageAccess;
}

/// <summary>Says afterwards what was found. Neither who had it nor who gave it may.</summary>
/// <param name="Id">Which.</param>
/// <param name="Note">What was found, in at least 10 characters.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ReviewEmergency(Guid Id, string Note, Actor Actor) : IRequest<Outcome<EmergencyRow>>, IGuarded, IStepUp
{
    public Right Needs => Right.ManageAccess;
}

/// <summary>Emergency access of the last year, the latest first.</summary>
public sealed record ListEmergencies(Actor Actor) : IRequest<Outcome<EmergencyList>>, IGuarded
{
    public Right Needs => Right.ManageAccess;
}

/// <param name="Items">The latest first.</param>
/// <param name="ToReview">How many ended and nobody has reviewed.</param>
public sealed record EmergencyList(IReadOnlyList<EmergencyRow> Items, int ToReview);

/// <param name="PersonName">Who had it.</param>
/// <param name="Grant">What and where.</param>
/// <param name="Steps">How many things they did meanwhile, as the audit has it.</param>
/// <param name="Holds">It is not over.</param>
/// <param name="MayReview">The one who asks is neither who had it nor who gave it, and it is over.</param>
public sealed record EmergencyRow(
    Guid Id, Guid PersonId, string PersonName, Grant Grant, string Reason, DateTimeOffset From, DateTimeOffset Until, string GivenBy, DateTimeOffset? EndedAt, string? EndedBy,
    DateTimeOffset? ReviewedAt, string? ReviewedBy, string? ReviewNote, int Steps, bool Holds, bool MayReview);

internal sealed class EmergencyHandler(OpsDb db, People people, TimeProvider clock, WorkSignals bells)
    : IRequestHandler<GiveEmergency, Outcome<EmergencyRow>>, IRequestHandler<EndEmergency, Outcome<EmergencyRow>>, IRequestHandler<ReviewEmergency, Outcome<EmergencyRow>>,
        IRequestHandler<ListEmergencies, Outcome<EmergencyList>>
{
    private static readonly TimeSpan s_shown = TimeSpan.FromDays(366);

    public async Task<Outcome<EmergencyRow>> Handle(GiveEmergency request, CancellationToken cancellationToken)
    {
        if (await people.Find(request.PersonId, cancellationToken) is not { Disabled: false } person)
        {
            return Refusal.NotFound("This account");
        }

        if (Fault(request) is { } fault)
        {
            return fault;
        }

        var now = clock.GetUtcNow();
        var given = new EmergencyAccess
        {
            Id = Guid.CreateVersion7(now), PersonId = person.Id, Roles = [.. request.Grant.Roles.Distinct().Order()], AllUnits = request.Grant.AllUnits,
            Units = request.Grant.AllUnits ? [] : [.. request.Grant.Units.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Reason = request.Reason.Trim(), From = now, Until = now.AddHours(request.Hours), GivenById = request.Actor.Id, GivenBy = request.Actor.Name,
        };
        db.EmergencyAccess.Add(given);
        var conflicts = RoleConflict.Added(person.Roles, given.Roles);
        people.Note(request.Actor, "emergency.give", person, $"{request.Grant} for {request.Hours} h: {given.Reason}{(conflicts.Count == 0 ? "" : $"; meanwhile {string.Join("; ", conflicts)}")}");
        Announce(given, person, now);
        return await Commit(given, request.Actor, cancellationToken);
    }

    public async Task<Outcome<EmergencyRow>> Handle(EndEmergency request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await db.EmergencyAccess.SingleOrDefaultAsync(e => e.Id == request.Id, cancellationToken) is not { } given)
        {
            return Refusal.NotFound("This emergency access");
        }

        if (!given.Holds(now))
        {
            return Refusal.Conflict("emergency.over", "It is over already.");
        }

        (given.EndedAt, given.EndedBy) = (now, request.Actor.Name);
        await Note(given, "emergency.end", "", request.Actor, cancellationToken);
        return await Commit(given, request.Actor, cancellationToken);
    }

    public async Task<Outcome<EmergencyRow>> Handle(ReviewEmergency request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await db.EmergencyAccess.SingleOrDefaultAsync(e => e.Id == request.Id, cancellationToken) is not { } given)
        {
            return Refusal.NotFound("This emergency access");
        }

        if (given.Holds(now) || given.ReviewedAt is not null)
        {
            return Refusal.Conflict("emergency.review", given.ReviewedAt is null ? "It is not over yet." : "It was reviewed already.");
        }

        if (!MayReview(given, request.Actor, now))
        {
            return Refusal.Forbidden("Somebody else must review it: neither who had it nor who gave it.");
        }

        if (request.Note.Trim().Length < RoleConflict.ShortestReason)
        {
            return Refusal.Invalid("note", $"must say in at least {RoleConflict.ShortestReason} characters what you found");
        }

        (given.ReviewedAt, given.ReviewedBy, given.ReviewNote) = (now, request.Actor.Name, request.Note.Trim());
        await Note(given, "emergency.review", given.ReviewNote, request.Actor, cancellationToken);
        return await Commit(given, request.Actor, cancellationToken);
    }

    public async Task<Outcome<EmergencyList>> Handle(ListEmergencies request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var given = await db.EmergencyAccess.AsNoTracking().Where(e => e.From > now - s_shown).OrderByDescending(e => e.From).ThenBy(e => e.Id).ToListAsync(cancellationToken);
        var rows = new List<EmergencyRow>();
        foreach (var one in given)
        {
            rows.Add(await Row(one, request.Actor, now, cancellationToken));
        }

        return new EmergencyList(rows, rows.Count(row => row is { Holds: false, ReviewedAt: null }));
    }

    private static Refusal? Fault(GiveEmergency request) =>
        request.Grant.Roles.Count == 0 ? Refusal.Invalid("roles", "must be one at least")
        : !request.Grant.AllUnits && request.Grant.Units.Count == 0 ? Refusal.Invalid("units", "must be one at least, or all")
        : request.Hours is < 1 or > GiveEmergency.Longest ? Refusal.Invalid("hours", $"must be 1 to {GiveEmergency.Longest}")
        : request.Reason.Trim().Length is < RoleConflict.ShortestReason or > 500 ? Refusal.Invalid("reason", $"must say in {RoleConflict.ShortestReason} to 500 characters what cannot wait")
        : null;

    private static bool MayReview(EmergencyAccess given, Actor actor, DateTimeOffset now) =>
        !given.Holds(now) && given.ReviewedAt is null && actor.Id != given.PersonId.ToString() && actor.Id != given.GivenById;

    private void Announce(EmergencyAccess given, Person person, DateTimeOffset now)
    {
        foreach (var recipient in new[] { Notice.ToRole(Role.Administrator), Notice.ToPerson(person.Id) })
        {
            db.Notices.Add(new Notice
            {
                Id = Guid.CreateVersion7(now), Recipient = recipient, Kind = NoticeKinds.Emergency, Cause = $"emergency/{given.Id}", At = now, Urgent = true,
                Text = $"{person.DisplayName} has emergency access until {given.Until.UtcDateTime:yyyy-MM-dd HH:mm} UTC, given by {given.GivenBy}: {given.Reason}",
                Several = "times emergency access was given", Link = "/access/emergency",
            });
        }
    }

    private async Task Note(EmergencyAccess given, string action, string detail, Actor actor, CancellationToken cancellationToken)
    {
        var email = await db.People.Where(p => p.Id == given.PersonId).Select(p => p.Email).SingleOrDefaultAsync(cancellationToken);
        db.Audit.Add(AuditEntry.Of(actor, action, email ?? given.PersonId.ToString(), detail, clock.GetUtcNow()));
    }

    private async Task<Outcome<EmergencyRow>> Commit(EmergencyAccess given, Actor actor, CancellationToken cancellationToken)
    {
        db.Changes.Add(new Change { Topic = LiveTopic.Settings, At = clock.GetUtcNow() });
        var saved = await db.CommitWith(given, cancellationToken);
        bells.Changes.Ring();
        bells.Notices.Ring();
        return saved.Accepted ? await Row(given, actor, clock.GetUtcNow(), cancellationToken) : saved.Refusal;
    }

    private async Task<EmergencyRow> Row(EmergencyAccess given, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (id, until) = (given.PersonId.ToString(), given.EndedAt ?? given.Until);
        var name = await db.People.Where(p => p.Id == given.PersonId).Select(p => p.DisplayName).SingleOrDefaultAsync(cancellationToken);
        var steps = await db.Audit.CountAsync(a => a.ActorId == id && a.At >= given.From && a.At < until, cancellationToken);
        return new EmergencyRow(
            given.Id, given.PersonId, name ?? id, new Grant(given.Roles, given.AllUnits, given.Units), given.Reason, given.From, given.Until, given.GivenBy, given.EndedAt, given.EndedBy,
            given.ReviewedAt, given.ReviewedBy, given.ReviewNote, steps, given.Holds(now), MayReview(given, actor, now));
    }
}
