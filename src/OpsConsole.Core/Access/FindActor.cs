using Microsoft.Extensions.Options;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>
/// Who is behind a session now: asked at every request, so that an ended session, changed roles, units, a reset password and a closed account
/// count at once. Needs no right, because it is how rights become known.
/// </summary>
/// <param name="SessionId">From the cookie.</param>
public sealed record FindActor(Guid SessionId) : IRequest<Outcome<Actor>>, IFollowing
{
    public long? Heard { get; init; }

    /// <summary>It is asked because the person did something, not because a page follows the news: this alone keeps a session from being idle.</summary>
    public bool Acted { get; init; }
}

internal sealed class FindActorHandler(Reach own, SharedReads reads, IOptions<SignInSettings> limits, TimeProvider clock) : IRequestHandler<FindActor, Outcome<Actor>>
{
    private static readonly TimeSpan s_written = TimeSpan.FromMinutes(1);

    public async Task<Outcome<Actor>> Handle(FindActor request, CancellationToken cancellationToken)
    {
        // Not the request's own: that one must not begin before it is known whose rows it may touch.
        await using var db = own.Db.Beside();
        var now = clock.GetUtcNow();
        var found = await reads.Read(request.Acted ? null : request.Heard, $"actor\n{request.SessionId}", own with { Db = db }, (reach, reading) => Find(reach.Db, request, now, reading), cancellationToken);
        if (found is null)
        {
            return Refusal.Forbidden("You are not signed in.");
        }

        var (session, person) = (found.Session, found.Person);
        if (person.Disabled)
        {
            return Refusal.Forbidden("This account is closed. Ask an administrator.");
        }

        if (session.Over(now, limits.Value) is { } why)
        {
            return Refusal.Forbidden($"This session ended: {why}. Sign in again.");
        }

        if (request.Acted && now - session.LastSeenAt >= s_written)
        {
            await db.Sessions.Where(s => s.Id == session.Id && s.LastSeenAt < now).ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenAt, now), cancellationToken);
        }

        EmergencyAccess[] emergencies = [.. found.Emergencies.Where(one => one.Holds(now))];
        var actor = person.ToActor(emergencies) with { Session = session.Id };
        return session.Method is SignInMethod.Password && limits.Value.NeedsFactor([.. person.Roles, .. emergencies.SelectMany(one => one.Roles)]) && !await HasFactor(db, person.Id, cancellationToken)
            ? actor with { Rights = [], MustEnrol = true }
            : actor;
    }

    private static async Task<bool> HasFactor(OpsDb db, Guid person, CancellationToken cancellationToken) =>
        await db.SecondFactors.AnyAsync(f => f.PersonId == person && f.ConfirmedAt != null, cancellationToken)
            || await db.Passkeys.AnyAsync(p => p.UserId == person, cancellationToken);

    private static async Task<Found?> Find(OpsDb db, FindActor request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = await (
            from session in db.Sessions.AsNoTracking()
            join person in db.People.AsNoTracking() on session.PersonId equals person.Id
            where session.Id == request.SessionId
            select new { session, person }).SingleOrDefaultAsync(cancellationToken);
        return found is null
            ? null
            : new Found(found.session, found.person, await db.EmergencyAccess.AsNoTracking().Where(e => e.PersonId == found.person.Id && e.Until > now && e.EndedAt == null).ToListAsync(cancellationToken));
    }

    private sealed record Found(Session Session, Person Person, IReadOnlyList<EmergencyAccess> Emergencies);
}
