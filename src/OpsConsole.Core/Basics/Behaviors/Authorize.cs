namespace OpsConsole.Basics.Behaviors;

/// <summary>Refuses a guarded request before its handler runs. Scope is the handler's own business: it filters what it reads.</summary>
public sealed class Authorize<TRequest, TAnswer> : IPipelineBehavior<TRequest, TAnswer>
    where TRequest : IGuarded
    where TAnswer : IOutcome<TAnswer>
{
    public Task<TAnswer> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TAnswer> next) =>
        request.Actor.Can(request.Needs)
            ? next()
            : Task.FromResult(TAnswer.Refused(Refusal.Forbidden($"This needs the right \"{request.Needs}\", which {request.Actor.Name} does not have.")));
}
