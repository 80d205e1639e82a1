using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Tests.Parts;

public class SayTests
{
    [Theory]
    [InlineData(0, "0s")]
    [InlineData(59, "59s")]
    [InlineData(18 * 60, "18m")]
    [InlineData(65 * 60, "1h 05m")]
    [InlineData(3600, "1h")]
    [InlineData(49 * 3600, "2d 1h")]
    [InlineData(48 * 3600, "2d")]
    [InlineData(-5 * 60, "5m")]
    public void An_age_has_at_most_two_units(int seconds, string said) => Assert.Equal(said, Say.Age(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0.4, "0.4ms")]
    [InlineData(90, "90ms")]
    [InlineData(3_710, "3.71s")]
    [InlineData(129_000, "2m 09s")]
    public void What_something_took_keeps_the_digits_that_matter(double milliseconds, string said) =>
        Assert.Equal(said, Say.Took(TimeSpan.FromMilliseconds(milliseconds)));

    [Theory]
    [InlineData(8_642_318, "8.64m")]
    [InlineData(412_340, "412.3k")]
    [InlineData(980, "980")]
    public void A_board_may_shorten_an_amount(int amount, string said) => Assert.Equal(said, Say.Brief(amount));

    [Fact]
    public void A_share_is_whole_only_when_it_is() => Assert.Equal((">99.9%", "100%", "<0.1%", "0%", "99.8%"), (Say.Share(0.9999), Say.Share(1), Say.Share(0.0001), Say.Share(0), Say.Share(0.998)));

    [Fact]
    public void One_thing_is_not_many() => Assert.Equal(("1 exception", "1,284 breaks"), (Say.Count(1, "exception"), Say.Count(1284, "break")));
}
