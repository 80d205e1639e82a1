using System.ComponentModel.DataAnnotations;
using OpsConsole.Access;

namespace OpsConsole.Tests.Access;

public class SignInSettingsTests
{
    [Fact]
    public void Sessions_are_not_idle_for_longer_than_they_last() =>
        Assert.Contains("must not be longer", Assert.Single(Faults(new SignInSettings { IdleMinutes = 120, AbsoluteHours = 1 })), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://id.example/token", false)]
    [InlineData("http://127.0.0.1:4400/token", true)]
    [InlineData("https://id.example/token", true)]
    [InlineData("", false)]
    public void A_provider_is_asked_over_https(string token, bool good) => Assert.Equal(good, Faults(new SignInSettings { Provider = Provider(token) }).Count == 0);

    [Fact]
    public void A_provider_whose_groups_give_nothing_is_a_fault() =>
        Assert.Contains("Groups", Assert.Single(Faults(new SignInSettings { Provider = Provider("https://id.example/token", []) })), StringComparison.Ordinal);

    private static ProviderSettings Provider(string token, IReadOnlyList<ProviderGroup>? groups = null) => new()
    {
        Name = "Northwind", AuthorizationEndpoint = "https://id.example/auth", TokenEndpoint = token, UserInfoEndpoint = "https://id.example/me", ClientId = "opsconsole",
        Groups = groups ?? [new ProviderGroup { Name = "emea", Roles = [Role.Steward] }],
    };

    private static List<string?> Faults(SignInSettings settings) => [.. settings.Validate(new ValidationContext(settings)).Select(fault => fault.ErrorMessage)];
}
