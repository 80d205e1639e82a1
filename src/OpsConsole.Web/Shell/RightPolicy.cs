using Microsoft.AspNetCore.Authorization;

namespace OpsConsole.Web.Shell;

/// <summary>
/// One policy per <see cref="Right"/>, named like it: <c>[Authorize(nameof(Right.ReadBoard))]</c>, <c>.RequireAuthorization(nameof(Right.ReadBoard))</c>.
/// Without a right (the default policy): anybody who may sign in, or any key.
/// </summary>
internal sealed record RightRequirement(Right? Right) : IAuthorizationRequirement;

/// <summary>
/// Asks the database, not the cookie. For HTTP the actor found is kept for the endpoint (<see cref="HttpActor"/>). Within a circuit the person
/// as last seen decides what is drawn, without waiting: a page that is authorised anew at every change of its address would else be taken
/// down each time. What a page then asks for is decided by the database all the same (<see cref="CircuitSender"/>).
/// </summary>
internal sealed class RightHandler(IServiceProvider services) : AuthorizationHandler<RightRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, RightRequirement requirement)
    {
        var http = context.Resource as HttpContext;
        var actor = http is null ? services.GetRequiredService<CurrentActor>().Known : http.FindActor();
        actor ??= await Find(context, http);
        if (actor is null || (requirement.Right is { } right && !actor.Can(right)))
        {
            return;
        }

        http?.SetActor(actor);
        context.Succeed(requirement);
    }

    private async Task<Actor?> Find(AuthorizationHandlerContext context, HttpContext? http)
    {
        await using var scope = services.CreateAsyncScope();
        var found = await ActorLookup.Find(context.User, scope.ServiceProvider.GetRequiredService<IMediator>(), cancellationToken: http?.RequestAborted ?? CancellationToken.None);
        return found.Value;
    }
}
