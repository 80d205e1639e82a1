using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using OpsConsole.Web.Access;

namespace OpsConsole.Web.Tests.Access;

public class AccessOptionsTests
{
    [Fact]
    public void An_administrator_without_a_password_is_a_fault() =>
        Assert.Contains("belong together", Assert.Single(Faults("Production", (AccessOptions.EmailName, "a@b.example"))), StringComparison.Ordinal);

    [Fact]
    public void A_short_password_is_told_at_the_start() =>
        Assert.Contains("at least 12", Assert.Single(Faults("Production", (AccessOptions.EmailName, "a@b.example"), (AccessOptions.PasswordName, "short"))), StringComparison.Ordinal);

    [Fact]
    public void Demo_people_exist_in_Development_only()
    {
        Assert.Single(Faults("Production", (AccessOptions.DemoName, "Demo-words-4711")));
        Assert.Empty(Faults("Development", (AccessOptions.DemoName, "Demo-words-4711")));
        Assert.Null(AccessOptions.From(Settings((AccessOptions.DemoName, "Demo-words-4711")), new Host("Production")).DemoPassword);
    }

    private static List<string> Faults(string environment, params (string, string)[] settings) =>
        [.. AccessOptions.Faults(Settings(settings), new Host(environment))];

    private static IConfigurationRoot Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => (string?)s.Value)).Build();

    private sealed class Host(string environment) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = environment;

        public string ApplicationName { get; set; } = "";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
