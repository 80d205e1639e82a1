namespace OpsConsole.Rates;

/// <summary>All rates, by currency, latest first.</summary>
public sealed record ListRates(Actor Actor) : IRequest<Outcome<RateList>>, IGuarded
{
    public Right Needs => Right.ReadBoard;
}

/// <param name="Reporting">The currency that everything is converted to.</param>
public sealed record RateList(string Reporting, IReadOnlyList<RateBody> Rates);
