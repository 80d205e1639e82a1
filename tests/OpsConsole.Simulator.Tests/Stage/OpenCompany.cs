using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace OpsConsole.Simulator.Tests.Stage;

/// <summary>The company, open for one test: on a free port, with a state folder of its own, doing nothing by itself unless told.</summary>
internal sealed class OpenCompany : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private OpenCompany(WebApplication app, string folder)
    {
        (_app, Folder) = (app, folder);
        _http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public string Folder { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<OpenCompany> Start(ConsoleSink console, string? folder = null, params string[] settings)
    {
        folder ??= Directory.CreateTempSubdirectory("company-").FullName;
        string[] args =
        [
            "--urls=http://127.0.0.1:0", $"--Simulator:ConsoleUrl={console.Url}", "--Simulator:ConsoleKey=key", $"--Simulator:StateFolder={folder}",
            "--Simulator:Speed=0", "--Simulator:Backfill=0", "--Simulator:TimeoutMs=300", "--Logging:LogLevel:Default=None",
            .. settings.Select(setting => "--Simulator:" + setting),
        ];
        var app = SimulatorApp.Build(args);
        await app.StartAsync();
        var company = new OpenCompany(app, folder);
        await Wait.Until(async () => (await company.Status())["backfilled"]!.GetValue<bool>());
        return company;
    }

    public Task Stop() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    public async Task<JsonObject> Status() => (await _http.GetFromJsonAsync<JsonObject>("/status"))!;

    public async Task<JsonObject> Fail(string kind, string? unit = null, decimal? amount = null)
    {
        using var response = await _http.PostAsJsonAsync("/control/fail", new { kind, unit, amount });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    public async Task Control(object change)
    {
        using var response = await _http.PostAsJsonAsync("/control", change);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Posts as the console does when it replays.</summary>
    public async Task<Answer> Replay(string path, string body, string? key, int attempt = 1)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-OpsConsole-Exception", "EX-1");
        request.Headers.Add("X-OpsConsole-Attempt", attempt.ToString(CultureInfo.InvariantCulture));
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", $"\"{key}\"");
        }

        using var response = await _http.SendAsync(request);
        return new Answer(
            (int)response.StatusCode, response.Headers.Contains("Idempotent-Replayed"), JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject());
    }

    public async Task<int> Look(string path)
    {
        using var response = await _http.GetAsync(path);
        return (int)response.StatusCode;
    }

    internal sealed record Answer(int Status, bool Repeated, JsonObject Body)
    {
        public string? Code => Body["code"]?.GetValue<string>();
    }
}
