using System.Globalization;
using System.Net.Http.Json;

namespace OpsConsole.E2E.Infrastructure;

/// <summary>A real OpenID provider (npm oidc-provider) as a process of its own: <c>tests/clients/company-provider.mjs</c>.</summary>
internal sealed class CompanyProvider : IAsyncDisposable
{
    private readonly int _port = Ports.Free();
    private readonly HttpClient _http = new();
    private ChildProcess? _process;

    private string Url => $"http://127.0.0.1:{_port}";

    /// <summary>What a console must be told of it.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["SignIn__Provider__Name"] = "Northwind",
        ["SignIn__Provider__AuthorizationEndpoint"] = $"{Url}/auth",
        ["SignIn__Provider__TokenEndpoint"] = $"{Url}/token",
        ["SignIn__Provider__UserInfoEndpoint"] = $"{Url}/me",
        ["SignIn__Provider__ClientId"] = "opsconsole",
        ["SignIn__Provider__ClientSecret"] = "known-to-both-only",
        ["SignIn__Provider__Groups__0__Name"] = "finance-emea",
        ["SignIn__Provider__Groups__0__Roles__0"] = "Steward",
        ["SignIn__Provider__Groups__0__Units__0"] = "EMEA",
        ["SignIn__Provider__Groups__1__Name"] = "controllers",
        ["SignIn__Provider__Groups__1__Roles__0"] = "Approver",
        ["SignIn__Provider__Groups__1__AllUnits"] = "true",
    };

    public async Task Start(Uri console)
    {
        var folder = Path.Combine(Checkout.Root, "tests", "clients");
        Assert.True(Directory.Exists(Path.Combine(folder, "node_modules")), "The npm clients are not installed. Run deploy/dev/test, or npm ci in tests/clients.");
        var log = Path.Combine(Checkout.Artifacts("stages"), $"provider-{_port}.log");
        _process = ChildProcess.StartProgram(
            "node", ["company-provider.mjs", _port.ToString(CultureInfo.InvariantCulture), new Uri(console, "/sign-in/company/back").ToString()], folder, log, []);
        await Eventually.Is(Answers, "the provider answers", TimeSpan.FromMinutes(1), () => Task.FromResult(_process.Tail()));
    }

    /// <summary>From now on they are in these groups.</summary>
    public async Task Tell(string subject, params string[] groups)
    {
        using var answer = await _http.PostAsJsonAsync($"{Url}/tell", new { sub = subject, groups });
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }

    private async Task<bool> Answers()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri($"{Url}/.well-known/openid-configuration"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
