using Microsoft.Extensions.Options;
using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>A request that counts so much that a person must have shown a short while ago that it is still them. Keys have no session and are not asked.</summary>
public interface IStepUp
{
    Actor Actor { get; }
}

public static class StepUp
{
    /// <summary>The refusal's code: confirm, then send the same again.</summary>
    public const string Code = "step-up";

    internal static readonly Refusal Needed = new(RefusalKind.Forbidden, Code, "Confirm first that it is you.");
}

/// <summary>Refuses a person whose session was not confirmed lately. Looks at the session's row, never at what a page remembers.</summary>
public sealed class ConfirmFirst<TRequest, TAnswer>(OpsDb db, IOptions<SignInSettings> limits, TimeProvider clock) : IPipelineBehavior<TRequest, TAnswer>
    where TRequest : IStepUp
    where TAnswer : IOutcome<TAnswer>
{
    public async Task<TAnswer> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TAnswer> next)
    {
        if (request.Actor.Kind is not ActorKind.Person)
        {
            return await next();
        }

        var since = clock.GetUtcNow() - limits.Value.Confirmed;
        var confirmed = request.Actor.Session is { } id && await db.Sessions.AnyAsync(s => s.Id == id && s.EndedAt == null && s.ConfirmedAt > since, cancellationToken);
        return confirmed ? await next() : TAnswer.Refused(StepUp.Needed);
    }
}
