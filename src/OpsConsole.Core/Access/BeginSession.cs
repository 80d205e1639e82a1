using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>Somebody showed who they are by means that the host looks at (a passkey): from here on they are signed in. Not guarded: only the sign-in sends it.</summary>
/// <param name="PersonId">Who.</param>
/// <param name="Method">How they showed it.</param>
/// <param name="From">Where they are.</param>
public sealed record BeginSession(Guid PersonId, SignInMethod Method, Whereabouts From) : IRequest<Outcome<SessionBegun>>;

/// <param name="Device">In words.</param>
/// <param name="Address">Of the network.</param>
public sealed record Whereabouts(string Device, string? Address)
{
    /// <summary>What tells this device from others, when this account signed in on it before; nothing: an unknown one.</summary>
    public string? Known { get; init; }
}

/// <param name="Id">Goes into the cookie.</param>
/// <param name="PersonId">Whose.</param>
public sealed record SessionBegun(Guid Id, Guid PersonId);

internal sealed class BeginSessionHandler(OpsDb db, People people) : IRequestHandler<BeginSession, Outcome<SessionBegun>>
{
    public Task<Outcome<SessionBegun>> Handle(BeginSession request, CancellationToken cancellationToken) => db.Insist(async () =>
        await people.Find(request.PersonId, cancellationToken) is { } person
            ? await people.Begin(person, request.Method, request.From, cancellationToken)
            : Refusal.NotFound("This account"));
}
