using OpsConsole.Simulator.Business;

namespace OpsConsole.Simulator.Tests;

public class DealMakerTests
{
    private static readonly long[] s_numbers = [.. Enumerable.Range(10_001, 500).Select(number => (long)number)];

    [Fact]
    public void The_same_seed_makes_the_same_decisions_in_any_order()
    {
        var first = s_numbers.Select(new DealMaker(7, new FailureRates()).Decide).ToList();

        var again = s_numbers.Reverse().Select(new DealMaker(7, new FailureRates()).Decide).Reverse().ToList();

        Assert.Equal(first.Select(Say), again.Select(Say));
    }

    [Fact]
    public void Another_seed_makes_other_decisions()
    {
        var first = s_numbers.Select(new DealMaker(7, new FailureRates()).Decide).Select(Say);

        var other = s_numbers.Select(new DealMaker(8, new FailureRates()).Decide).Select(Say);

        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Every_unit_every_flow_and_at_least_three_currencies_occur()
    {
        var deals = s_numbers.Select(new DealMaker(7, new FailureRates()).Decide).ToList();

        Assert.Equal(3, deals.Select(deal => deal.Customer.Entity.BusinessUnit).Distinct().Count());
        Assert.Equal(3, deals.Select(deal => deal.Flow).Distinct().Count());
        Assert.True(deals.Select(deal => deal.Customer.Entity.Currency).Distinct().Count() >= 3);
    }

    [Fact]
    public void Many_amounts_are_small_and_few_are_large()
    {
        var euros = s_numbers.Select(new DealMaker(7, new FailureRates()).Decide)
            .Select(deal => deal.Amount / deal.Customer.Entity.PerEuro).Order().ToList();

        Assert.True(euros.Average() > 1.5m * euros[euros.Count / 2], "the mean stands far above the median");
    }

    [Fact]
    public void A_company_without_failure_rates_decides_no_failure()
    {
        var deals = s_numbers.Select(new DealMaker(7, FailureRates.None).Decide);

        Assert.All(deals, deal => Assert.Equal(FailureKind.None, deal.Failure));
    }

    [Fact]
    public void A_failure_that_was_asked_for_is_in_the_unit_and_of_the_amount_asked_for()
    {
        var deal = new DealMaker(7, new FailureRates()).MakeFailing(10_001, FailureKind.TaxProfile, "APAC", 184_250.55m);

        Assert.Equal((FailureKind.TaxProfile, "APAC"), (deal.Failure, deal.Customer.Entity.BusinessUnit));
        Assert.Equal(decimal.Round(184_250.55m, deal.Customer.Entity.Decimals), deal.Amount);
    }

    private static string Say(Deal deal) =>
        $"{deal.Number} {deal.Flow} {deal.Customer.Id} {deal.Customer.Name} {deal.Customer.VatNumber} {deal.Product} {deal.Amount} {deal.Failure} {deal.Heals} {deal.SpokenVatNumber}";
}

file static class Making
{
    public static Deal Decide(this DealMaker maker, long number) => maker.Make(number);
}
