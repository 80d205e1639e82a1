namespace OpsConsole.Tests.Basics;

public class ExactNumberTests
{
    [Theory]
    [InlineData("5200.00", "5200", 0)]
    [InlineData("5.2e3", "5200", 0)]
    [InlineData("-0", "0.00", 0)]
    [InlineData("0.1", "0.10000000000000000000000000001", -1)]
    [InlineData("-3", "-2.5", -1)]
    [InlineData("9007199254740993", "9007199254740992", 1)]
    [InlineData("1e300", "1e-300", 1)]
    public void Numbers_compare_by_value_to_the_last_digit(string left, string right, int sign) => Assert.Equal(sign, Math.Sign(Number(left).CompareTo(Number(right))));

    [Theory]
    [InlineData("19.99", "0.01", true)]
    [InlineData("19.995", "0.01", false)]
    [InlineData("12345678901234567890.12", "0.01", true)]
    [InlineData("7", "0", false)]
    public void Multiples_are_exact(string number, string step, bool multiple) => Assert.Equal(multiple, Number(number).IsMultipleOf(Number(step)));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1 ")]
    [InlineData("1,000")]
    [InlineData("1e999999999")]
    [InlineData("NaN")]
    public void What_JSON_does_not_allow_is_no_number(string text) => Assert.False(ExactNumber.TryParse(text, out _));

    private static ExactNumber Number(string text)
    {
        Assert.True(ExactNumber.TryParse(text, out var number), text);
        return number;
    }
}
