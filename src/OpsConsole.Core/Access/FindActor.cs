using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>
/// Who a signed-in person is now: asked at every request, so that changed roles, units, a reset password and a closed account count at once.
/// Needs no right, because it is how rights become known.
/// </summary>
/// <param name="PersonId">From the session.</param>
/// <param name="Stamp">The security stamp that the session was made with; a newer one ends it.</param>
public sealed record FindActor(Guid PersonId, string? Stamp) : IRequest<Outcome<Actor>>, IFollowing
{
    public long? Heard { get; init; }
}

internal sealed class FindActorHandler(Reach own, SharedReads reads) : IRequestHandler<FindActor, Outcome<Actor>>
{
    public Task<Outcome<Actor>> Handle(FindActor request, CancellationToken cancellationToken) => reads.Read(
        request.Heard, $"actor\n{request.PersonId}\n{request.Stamp}", own, (reach, reading) => Find(reach.Db, request, reading), cancellationToken);

    private static async Task<Outcome<Actor>> Find(OpsDb db, FindActor request, CancellationToken cancellationToken)
    {
        var person = await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == request.PersonId, cancellationToken);
        return person switch
        {
            null or { Disabled: true } => Refusal.Forbidden("This account is closed. Ask an administrator."),
            _ when person.SecurityStamp != request.Stamp => Refusal.Forbidden("Your password was changed since you signed in. Sign in again."),
            _ => person.ToActor(),
        };
    }
}
