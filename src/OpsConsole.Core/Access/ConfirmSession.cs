using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>Somebody who is signed in shows again that it is them, by their password, a code or both; both are what <see cref="IStepUp.Fully"/> wants of who has an app. Wrong ones count as at the sign-in.</summary>
public sealed record ConfirmSession(string? Password, string? Code, Actor Actor) : IRequest<Outcome<SessionConfirmed>>;

/// <summary>They showed it by means that the host looked at: a passkey.</summary>
public sealed record NoteConfirmed(Guid PersonId, Actor Actor) : IRequest<Outcome<SessionConfirmed>>;

/// <param name="At">From then on.</param>
public sealed record SessionConfirmed(DateTimeOffset At);

internal sealed class ConfirmSessionHandler(OpsDb db, People people, Factors factors, SignInThrottle throttle, TimeProvider clock)
    : IRequestHandler<ConfirmSession, Outcome<SessionConfirmed>>, IRequestHandler<NoteConfirmed, Outcome<SessionConfirmed>>
{
    public async Task<Outcome<SessionConfirmed>> Handle(ConfirmSession request, CancellationToken cancellationToken)
    {
        if (await Find(request.Actor, cancellationToken) is not (Session session, Person person))
        {
            return Refusal.NotFound("This session");
        }

        // The session is a device of its own: whoever guesses in it locks nobody else out.
        var from = new Whereabouts(session.Device, session.Address) { Known = session.Id.ToString() };
        if (await throttle.Take(person.Email ?? "", from, cancellationToken) is { } tooMany)
        {
            return tooMany;
        }

        var app = await factors.Find(person.Id, cancellationToken) is { Holds: true } holds ? holds : null;
        bool? password = request.Password is { Length: > 0 } said ? factors.IsPassword(person, said) : null;
        bool? code = request.Code is { Length: > 0 } shown ? app is not null && factors.IsCode(app, shown) : null;
        if (password is false || (password ?? code) is null or false || code is false)
        {
            return Refusal.Invalid(password is true || password is null && code is false ? "code" : "password", "is not right");
        }

        var confirmed = await Save(session, person, fully: password is true && (app is null || code is true), request.Actor, cancellationToken);
        if (confirmed.Accepted)
        {
            await throttle.GiveBack(person.Email ?? "", from, cancellationToken);
        }

        return confirmed;
    }

    public async Task<Outcome<SessionConfirmed>> Handle(NoteConfirmed request, CancellationToken cancellationToken) =>
        await Find(request.Actor, cancellationToken) is (Session session, Person person) && person.Id == request.PersonId
            ? await Save(session, person, fully: true, request.Actor, cancellationToken)
            : Refusal.Forbidden("This is somebody else's passkey.");

    private async Task<(Session, Person)?> Find(Actor actor, CancellationToken cancellationToken)
    {
        var session = actor.Session is { } id ? await db.Sessions.SingleOrDefaultAsync(s => s.Id == id && s.EndedAt == null, cancellationToken) : null;
        return session is not null && await people.Find(session.PersonId, cancellationToken) is { } person ? (session, person) : null;
    }

    private async Task<Outcome<SessionConfirmed>> Save(Session session, Person person, bool fully, Actor actor, CancellationToken cancellationToken)
    {
        session.ConfirmedAt = clock.GetUtcNow();
        session.FullyConfirmedAt = fully ? session.ConfirmedAt : session.FullyConfirmedAt;
        people.Note(actor, "session.confirm", person, $"{session.Device}, {session.Address}");
        return await db.CommitWith(new SessionConfirmed(session.ConfirmedAt), cancellationToken);
    }
}
