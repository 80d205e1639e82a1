namespace OpsConsole.Rates;

/// <summary>Sets dated exchange rates. Amounts at risk that have not ended are converted anew.</summary>
public sealed record SetRates(IReadOnlyList<RateBody> Rates, Actor Actor) : IRequest<Outcome<RateList>>, IGuarded
{
    public Right Needs => Right.ManageRules;
}

/// <param name="Currency">ISO 4217.</param>
/// <param name="Date">From this day (UTC) on.</param>
/// <param name="Rate">Reporting currency per one unit.</param>
public sealed record RateBody(string Currency, DateOnly Date, decimal Rate);
