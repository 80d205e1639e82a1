using Bunit;
using OpsConsole.Basics;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Parts;

public class MoneyCellTests : PartContext
{
    [Fact]
    public void The_own_currency_stands_over_the_reporting_currency()
    {
        var cell = Render<MoneyCell>(p => p.Add(c => c.Amount, new Money(184250, "GBP")).Add(c => c.Reporting, new Money(215572.5m, "EUR")));

        Assert.Equal("GBP184,250.00", cell.Find("span.medium").TextContent);
        Assert.Equal("EUR215,572.50", cell.Find("small").TextContent);
    }

    [Fact]
    public void A_yen_has_no_decimals()
    {
        var cell = Render<MoneyCell>(p => p.Add(c => c.Amount, new Money(9640000, "JPY")));

        Assert.Equal("JPY9,640,000", cell.Find("span").TextContent);
        Assert.Empty(cell.Find(".dec").TextContent);
    }

    [Fact]
    public void The_second_line_stays_away_when_it_would_say_the_same()
    {
        var cell = Render<MoneyCell>(p => p.Add(c => c.Amount, new Money(1, "EUR")).Add(c => c.Reporting, new Money(1, "EUR")));

        Assert.Empty(cell.FindAll("small"));
    }

    [Fact]
    public void A_credit_keeps_its_sign() =>
        Assert.Equal("USD-88,420.50", Render<MoneyText>(p => p.Add(c => c.Amount, new Money(-88420.5m, "USD"))).Find("span").TextContent);

    [Fact]
    public void No_amount_is_not_zero() =>
        Assert.Equal("no amount", Render<MoneyCell>(p => p.Add(c => c.Amount, null)).Find("span").TextContent);
}
