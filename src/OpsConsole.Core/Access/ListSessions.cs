using Microsoft.Extensions.Options;
using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>Where the one who asks is signed in.</summary>
public sealed record MySessions(Actor Actor) : IRequest<Outcome<SessionList>>;

/// <summary>Where somebody is signed in.</summary>
public sealed record ListSessions(Guid PersonId, Actor Actor) : IRequest<Outcome<SessionList>>, IGuarded
{
    public Right Needs => Right.ManageAccess;
}

/// <param name="Sessions">Those that hold, the latest used first.</param>
public sealed record SessionList(IReadOnlyList<SessionRow> Sessions);

/// <param name="Id">Of the session.</param>
/// <param name="Device">In words.</param>
/// <param name="Address">Of the network.</param>
/// <param name="Method">How they showed who they are.</param>
/// <param name="StartedAt">The sign-in.</param>
/// <param name="LastSeenAt">When something was done in it last.</param>
/// <param name="Present">The one that asks.</param>
public sealed record SessionRow(Guid Id, string Device, string? Address, SignInMethod Method, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, bool Present);

internal sealed class ListSessionsHandler(OpsDb db, IOptions<SignInSettings> limits, TimeProvider clock)
    : IRequestHandler<MySessions, Outcome<SessionList>>, IRequestHandler<ListSessions, Outcome<SessionList>>
{
    public async Task<Outcome<SessionList>> Handle(MySessions request, CancellationToken cancellationToken) =>
        Guid.TryParse(request.Actor.Id, out var person) ? await Read(person, request.Actor, cancellationToken) : Refusal.NotFound("This account");

    public Task<Outcome<SessionList>> Handle(ListSessions request, CancellationToken cancellationToken) => Read(request.PersonId, request.Actor, cancellationToken);

    private async Task<Outcome<SessionList>> Read(Guid person, Actor actor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var sessions = await db.Sessions.AsNoTracking().Where(s => s.PersonId == person && s.EndedAt == null).OrderByDescending(s => s.LastSeenAt).ThenBy(s => s.Id).ToListAsync(cancellationToken);
        return new SessionList(
            [.. sessions.Where(s => s.Over(now, limits.Value) is null).Select(s => new SessionRow(s.Id, s.Device, s.Address, s.Method, s.StartedAt, s.LastSeenAt, s.Id == actor.Session))]);
    }
}
