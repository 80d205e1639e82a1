using OpsConsole.Rates;

namespace OpsConsole.Tests.Rates;

public class RateFileTests
{
    [Theory]
    [InlineData("currency,date,rate\nUSD,2026-10-30,0.918\n")]
    [InlineData("\uFEFFCurrency,Date,Rate\r\n\"usd\",2026-10-30,0.918\r\n\r\n")]
    [InlineData("USD;2026-10-30;0,918")]
    public void A_file_of_a_spreadsheet_is_read(string text)
    {
        var read = RateFile.Read(text);

        Assert.Empty(read.Faults);
        Assert.Equal(new RateBody("USD", new DateOnly(2026, 10, 30), 0.918m), Assert.Single(read.Rates));
    }

    [Theory]
    [InlineData("USD,2026-10-30", "three cells")]
    [InlineData("US,2026-10-30,1", "ISO 4217")]
    [InlineData("USD,30.10.2026,1", "no date")]
    [InlineData("USD,2026-10-30,-1", "above zero")]
    [InlineData("USD,2026-10-30,1e5", "above zero")]
    public void A_line_that_cannot_be_read_is_named(string line, string why)
    {
        var read = RateFile.Read($"currency,date,rate\nEUR,2026-10-30,1\n{line}");

        Assert.Equal(3, Assert.Single(read.Faults).Line);
        Assert.Contains(why, read.Faults[0].Why, StringComparison.Ordinal);
        Assert.Single(read.Rates);
    }
}
