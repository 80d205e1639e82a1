using Microsoft.AspNetCore.Authorization;

namespace OpsConsole.Web.Shell;

/// <summary>
/// One policy per <see cref="Right"/>, named like it: <c>[Authorize(nameof(Right.ReadBoard))]</c>, <c>.RequireAuthorization(nameof(Right.ReadBoard))</c>.
/// Without a right (the default policy): anybody who may sign in, or any key.
/// </summary>
internal sealed record RightRequirement(Right? Right) : IAuthorizationRequirement;

/// <summary>Asks the database, not the cookie. For HTTP the actor found is kept for the endpoint (<see cref="HttpActor"/>).</summary>
internal sealed class RightHandler(IServiceScopeFactory scopes) : AuthorizationHandler<RightRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, RightRequirement requirement)
    {
        var http = context.Resource as HttpContext;
        if ((http?.FindActor() ?? await Find(context, http)) is not { } actor || (requirement.Right is { } right && !actor.Can(right)))
        {
            return;
        }

        http?.SetActor(actor);
        context.Succeed(requirement);
    }

    private async Task<Actor?> Find(AuthorizationHandlerContext context, HttpContext? http)
    {
        await using var scope = scopes.CreateAsyncScope();
        var found = await ActorLookup.Find(context.User, scope.ServiceProvider.GetRequiredService<IMediator>(), http?.RequestAborted ?? CancellationToken.None);
        return found.Value;
    }
}
