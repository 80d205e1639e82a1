using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>Ends the present session.</summary>
public sealed record Leave(Actor Actor) : IRequest<Outcome<SessionsEnded>>;

/// <summary>Ends a session of one's own; without <paramref name="Id"/> all others than the present one.</summary>
public sealed record EndMySessions(Guid? Id, Actor Actor) : IRequest<Outcome<SessionsEnded>>, IStepUp;

/// <summary>Ends a session of somebody; without <paramref name="Id"/> all of them.</summary>
public sealed record EndSessions(Guid PersonId, Guid? Id, Actor Actor) : IRequest<Outcome<SessionsEnded>>, IGuarded, IStepUp
{
    public Right Needs => Right.ManageAccess;
}

/// <param name="Count">How many ended now.</param>
public sealed record SessionsEnded(int Count);

internal sealed class EndSessionsHandler(OpsDb db, People people)
    : IRequestHandler<Leave, Outcome<SessionsEnded>>, IRequestHandler<EndMySessions, Outcome<SessionsEnded>>, IRequestHandler<EndSessions, Outcome<SessionsEnded>>
{
    public async Task<Outcome<SessionsEnded>> Handle(Leave request, CancellationToken cancellationToken) =>
        request.Actor.Session is { } present && Guid.TryParse(request.Actor.Id, out var person)
            ? await End(person, present, null, request.Actor, Session.Ends.SignedOut, cancellationToken)
            : Refusal.NotFound("This session");

    public async Task<Outcome<SessionsEnded>> Handle(EndMySessions request, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(request.Actor.Id, out var person))
        {
            return Refusal.NotFound("This account");
        }

        return await End(person, request.Id, request.Id is null ? request.Actor.Session : null, request.Actor, Session.Ends.Elsewhere, cancellationToken);
    }

    public Task<Outcome<SessionsEnded>> Handle(EndSessions request, CancellationToken cancellationToken) =>
        End(request.PersonId, request.Id, null, request.Actor, Session.Ends.Administrator, cancellationToken);

    private async Task<Outcome<SessionsEnded>> End(Guid id, Guid? one, Guid? except, Actor actor, string why, CancellationToken cancellationToken)
    {
        if (await people.Find(id, cancellationToken) is not { } person)
        {
            return Refusal.NotFound("This account");
        }

        var ended = await people.EndSessions(person, one, except, actor, why, cancellationToken);
        return ended.Count == 0 && one is not null
            ? Refusal.NotFound("This session")
            : await db.CommitWith(ended, cancellationToken);
    }
}
