using Microsoft.Extensions.Options;
using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>A request that counts so much that a person must have shown a short while ago that it is still them. Keys have no session and are not asked.</summary>
public interface IStepUp
{
    Actor Actor { get; }

    /// <summary>By all that they sign in with, not by one of two: it changes how they sign in.</summary>
    bool Fully => false;
}

public static class StepUp
{
    /// <summary>The refusal's code: confirm, then send the same again.</summary>
    public const string Code = "step-up";

    /// <summary>The refusal's code where password and code of the app are wanted together, or a passkey.</summary>
    public const string FullCode = "step-up-fully";

    internal static readonly Refusal Needed = new(RefusalKind.Forbidden, Code, "Confirm first that it is you.");

    internal static readonly Refusal FullyNeeded = new(RefusalKind.Forbidden, FullCode, "Confirm first that it is you, by all that you sign in with.");
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
        var fully = request.Fully;
        var confirmed = request.Actor.Session is { } id
            && await db.Sessions.AnyAsync(s => s.Id == id && s.EndedAt == null && (fully ? s.FullyConfirmedAt : s.ConfirmedAt) > since, cancellationToken);
        return confirmed ? await next() : TAnswer.Refused(fully ? StepUp.FullyNeeded : StepUp.Needed);
    }
}
