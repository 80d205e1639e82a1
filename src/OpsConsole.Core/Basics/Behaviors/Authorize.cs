namespace OpsConsole.Basics.Behaviors;

/// <summary>Refuses a guarded request before its handler runs. Scope is the handler's own business: it filters what it reads.</summary>
public sealed class Authorize<TRequest, TAnswer>(ILogger<Authorize<TRequest, TAnswer>> log) : IPipelineBehavior<TRequest, TAnswer>
    where TRequest : IGuarded
    where TAnswer : IOutcome<TAnswer>
{
    public Task<TAnswer> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TAnswer> next)
    {
        if (request.Actor.Can(request.Needs))
        {
            return next();
        }

        log.RightLacked(request.Actor.Id, typeof(TRequest).Name, request.Needs);
        return Task.FromResult(TAnswer.Refused(Refusal.Forbidden($"This needs the right \"{request.Needs}\", which {request.Actor.Name} does not have.")));
    }
}

/// <summary>What the steps around requests write to the log. Ids 1920-1929 belong to them.</summary>
internal static partial class BehaviorsLog
{
    [LoggerMessage(1920, LogLevel.Warning, "{ActorId} asked for {Request} and lacks the right {Right}")]
    public static partial void RightLacked(this ILogger log, string actorId, string request, Right right);
}
