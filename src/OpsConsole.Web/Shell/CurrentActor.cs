using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using OpsConsole.Access;

namespace OpsConsole.Web.Shell;

/// <summary>Which person is asking: looked up in the database each time, so that what was changed about them counts at once.</summary>
public static class ActorLookup
{
    /// <param name="principal">The session.</param>
    /// <param name="mediator">Asks.</param>
    /// <param name="heard">As in <see cref="OpsConsole.Live.IFollowing"/>.</param>
    /// <param name="acted">As in <see cref="FindActor.Acted"/>.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    public static async Task<Outcome<Actor>> Find(
        ClaimsPrincipal principal, IMediator mediator, long? heard = null, bool acted = false, CancellationToken cancellationToken = default) =>
        ActorClaims.Session(principal) is { } session
            ? await mediator.Send(new FindActor(session) { Heard = heard, Acted = acted }, cancellationToken)
            : Refusal.Forbidden("You are not signed in.");
}

/// <summary>The person at the other end of one circuit, as last seen in the database. One per circuit.</summary>
public sealed class CurrentActor(IServiceScopeFactory scopes, AuthenticationStateProvider session)
{
    /// <summary>Raised when the person's rights, scope or name turned out to be others than before.</summary>
    public event Action? Changed;

    /// <summary>Nothing before the first look, and when they may no longer sign in.</summary>
    public Actor? Known { get; private set; }

    /// <param name="heard">As in <see cref="OpsConsole.Live.IFollowing"/>: several questions after one piece of news look once.</param>
    /// <param name="acted">As in <see cref="FindActor.Acted"/>.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    public async Task<Outcome<Actor>> Look(long? heard = null, bool acted = false, CancellationToken cancellationToken = default)
    {
        var principal = (await session.GetAuthenticationStateAsync()).User;
        await using var scope = scopes.CreateAsyncScope();
        var found = await ActorLookup.Find(principal, scope.ServiceProvider.GetRequiredService<IMediator>(), heard, acted, cancellationToken);
        var same = Same(Known, found.Value);
        var first = Known is null;
        Known = same ? Known : found.Value;
        if (!same && !first)
        {
            Changed?.Invoke();
        }

        return Known is null ? found : Outcome.Of(Known);
    }

    /// <summary>True when both may do and see the same.</summary>
    public static bool Same(Actor? a, Actor? b) =>
        a is null || b is null
            ? a is null && b is null
            : a.Id == b.Id && a.Name == b.Name && a.Rights.SetEquals(b.Rights)
                && a.Scope.Key == b.Scope.Key;
}
