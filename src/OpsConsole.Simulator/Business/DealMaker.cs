namespace OpsConsole.Simulator.Business;

/// <summary>Decides transactions. Pure: seed, rates and number in, the deal out.</summary>
internal sealed class DealMaker(long seed, FailureRates rates)
{
    /// <summary>Object numbers start here, so that the first order is SO-10001.</summary>
    public const long FirstNumber = 10_001;

    /// <summary>A new customer orders soon after; so far back an order may look for one.</summary>
    private const int Neighbourhood = 8;

    public CustomerBook Customers { get; } = new(seed);

    public Deal Make(long number, bool past = false)
    {
        var dice = new Dice(seed, "deal", number);
        var flow = FlowOf(number);
        var customer = flow is DealFlow.CustomerOnboarding ? NewCustomer(number) : CustomerFor(number, dice);
        var failure = FailureOf(flow, dice);
        return Compose(number, flow, customer, dice) with
        {
            Failure = failure,
            Heals = dice.Chance(past ? rates.HealedInThePast : rates.Heals),
            SpokenVatNumber = failure is FailureKind.DuplicateCustomer ? VatNumberInUse(customer, dice) : customer.VatNumber,
        };
    }

    /// <summary>One definite failure, for /control/fail. The rest of the deal is decided as ever, inside the unit that was asked for.</summary>
    public Deal MakeFailing(long number, FailureKind kind, string? unit, decimal? amount)
    {
        var dice = new Dice(seed, "failing", number);
        var flow = kind is FailureKind.DuplicateCustomer ? DealFlow.CustomerOnboarding : DealFlow.OrderToCash;
        var homes = Company.LegalEntities.Where(entity => unit is null || entity.BusinessUnit == unit).ToList();
        var customer = flow is DealFlow.CustomerOnboarding
            ? Customers.NewOf(number, dice.Pick(homes))
            : dice.Pick([.. Customers.Pool.Where(known => homes.Contains(known.Entity))]);
        var deal = Compose(number, flow, customer, dice);
        return deal with
        {
            Failure = kind,
            Amount = amount is { } asked ? decimal.Round(asked, customer.Entity.Decimals) : deal.Amount,
            SpokenVatNumber = kind is FailureKind.DuplicateCustomer ? VatNumberInUse(customer, dice) : customer.VatNumber,
        };
    }

    private DealFlow FlowOf(long number) => new Dice(seed, "flow", number).Next() switch
    {
        < 0.18 => DealFlow.CustomerOnboarding,
        < 0.40 => DealFlow.ProjectToBilling,
        _ => DealFlow.OrderToCash,
    };

    private Customer NewCustomer(long number) => Customers.NewOf(number, new Dice(seed, "home", number).Pick(Company.LegalEntities));

    private Customer CustomerFor(long number, Dice dice)
    {
        var neighbour = number - 1 - dice.Below(Neighbourhood);
        return neighbour >= FirstNumber && FlowOf(neighbour) is DealFlow.CustomerOnboarding
            ? NewCustomer(neighbour)
            : dice.Pick(Customers.Pool);
    }

    private static Deal Compose(long number, DealFlow flow, Customer customer, Dice dice)
    {
        var euros = Math.Min(dice.LogNormal(flow is DealFlow.ProjectToBilling ? 9_000 : 2_400, 1.5), 900_000);
        return new Deal
        {
            Number = number,
            Flow = flow,
            Customer = customer,
            Product = dice.Pick(flow is DealFlow.ProjectToBilling ? Company.Services : Company.Products),
            Amount = decimal.Round(((decimal)euros + 25) * customer.Entity.PerEuro, customer.Entity.Decimals),
            SpokenVatNumber = customer.VatNumber,
        };
    }

    private FailureKind FailureOf(DealFlow flow, Dice dice)
    {
        var drawn = dice.Next();
        foreach (var (kind, rate) in Kinds(flow))
        {
            drawn -= rate;
            if (drawn < 0)
            {
                return kind;
            }
        }

        return FailureKind.None;
    }

    private IEnumerable<(FailureKind Kind, double Rate)> Kinds(DealFlow flow) =>
    [
        (FailureKind.TaxProfile, rates.TaxProfile), (FailureKind.PaymentTerms, rates.PaymentTerms),
        (FailureKind.TimeoutAfterWrite, rates.TimeoutAfterWrite), (FailureKind.Throttled, rates.Throttled),
        (FailureKind.ErpDown, rates.ErpDown), (FailureKind.NeverComes, rates.NeverComes), (FailureKind.Disagreement, rates.Disagreement),
        (FailureKind.DuplicateCustomer, flow is DealFlow.CustomerOnboarding ? rates.DuplicateCustomer : 0),
    ];

    private string VatNumberInUse(Customer customer, Dice dice) =>
        dice.Pick([.. Customers.Pool.Where(known => known.Entity == customer.Entity)]).VatNumber;
}
