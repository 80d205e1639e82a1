namespace OpsConsole.Storage.Rows;

/// <summary>
/// What a request reads and writes is limited to the scope of who asks, in the database too. The limit stays on the context when the request has ended, for answers
/// that go on reading while they are used; a request within another leaves the outer one's as it was.
/// </summary>
public sealed class LimitRows<TRequest, TAnswer>(OpsDb db) : IPipelineBehavior<TRequest, TAnswer>
    where TRequest : IGuarded
    where TAnswer : IOutcome<TAnswer>
{
    public async Task<TAnswer> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TAnswer> next)
    {
        var outer = db.Rows;
        db.Rows = request.Actor.Scope;
        try
        {
            return await next();
        }
        finally
        {
            db.Rows = outer ?? db.Rows;
        }
    }
}
