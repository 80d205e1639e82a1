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

    [Theory]
    [InlineData("Passw0rd-1234!", true)]
    [InlineData("qwertyuiop123", true)]
    [InlineData("password password", false)]
    [InlineData("passwordpassword", true)]
    [InlineData("welcomedragon99", true)]
    [InlineData("1q2w3e4r5t6y", true)]
    [InlineData("four words in a row", false)]
    [InlineData("Ops-stage-words-4711", false)]
    [InlineData("Demo-words-4711", false)]
    [InlineData("correct horse battery", false)]
    public void Common_ones_are_known_however_they_are_dressed_up(string password, bool common) => Assert.Equal(common, BreachedPasswords.IsCommon(password));

    [Fact]
    public void A_password_of_a_breach_is_found_in_the_file_wherever_it_stands_and_no_other()
    {
        var words = Enumerable.Range(0, 500).Select(i => $"breached phrase number {i}").ToList();
#pragma warning disable CA5350 // As the lists of known breaches are kept.
        var lines = words.Select(word => $"{Convert.ToHexString(System.Security.Cryptography.SHA1.HashData(System.Text.Encoding.UTF8.GetBytes(word)))}:{word.Length}").Order(StringComparer.Ordinal);
#pragma warning restore CA5350
        var file = Path.GetTempFileName();
        File.WriteAllText(file, string.Join('\n', lines));
        var known = new BreachedPasswords(Microsoft.Extensions.Options.Options.Create(new SignInSettings { BreachedPasswords = file }));

        Assert.All(words, word => Assert.NotNull(known.Fault(word)));
        Assert.All(Enumerable.Range(500, 500), i => Assert.Null(known.Fault($"breached phrase number {i}")));
        File.Delete(file);
    }
}
