using OpsConsole.Access;

namespace OpsConsole.Tests.Access;

public class PasswordsTests
{
    [Theory]
    [InlineData("four words in a row", true)]
    [InlineData("Password1!", false)]
    [InlineData("aaaaaaaaaaaaaaaa", false)]
    [InlineData("the-ines-password", false)]
    [InlineData(null, false)]
    public void Length_counts_and_the_address_does_not(string? password, bool good) =>
        Assert.Equal(good, Passwords.Fault(password, "ines@example.com") is null);

    [Fact]
    public void What_the_console_makes_is_good_and_never_the_same()
    {
        var made = Enumerable.Range(0, 100).Select(_ => Passwords.Make()).ToList();

        Assert.All(made, password => Assert.Null(Passwords.Fault(password, "ines@example.com")));
        Assert.Equal(100, made.Distinct().Count());
    }
}
