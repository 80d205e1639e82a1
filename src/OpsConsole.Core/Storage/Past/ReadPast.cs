namespace OpsConsole.Storage.Past;

/// <summary>While a scope looks at the past it answers only what <see cref="PastReads"/> names, and changes nothing.</summary>
public sealed class ReadPast<TRequest, TAnswer>(Looking looking, PastHorizon horizon) : IPipelineBehavior<TRequest, TAnswer>
    where TRequest : IGuarded
    where TAnswer : IOutcome<TAnswer>
{
    private static readonly Refusal s_present = Refusal.Conflict("past.only-read", "You look at the past, where nothing can be changed and not everything is kept. Go back to the present for this.");

    public async Task<TAnswer> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TAnswer> next)
    {
        if (looking.At is not { } at)
        {
            return await next();
        }

        return PastReads.Know(request.GetType()) ? await horizon.WhyNot(at, cancellationToken) is { } refusal ? TAnswer.Refused(refusal) : await next() : TAnswer.Refused(s_present);
    }
}
