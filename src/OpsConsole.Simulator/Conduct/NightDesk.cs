using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using OpsConsole.Simulator.Records;

namespace OpsConsole.Simulator.Conduct;

/// <summary>
/// The company's night desk, a program with a key of its own: it prepares a few large exceptions and asks for approval, so that whoever opens the
/// console in the morning finds something to decide. It never approves, because a key cannot.
/// </summary>
internal sealed class NightDesk(SimulatorOptions options, Journal journal, TimeProvider time) : BackgroundService
{
    private const string Source = "night-desk";
    private const string KeyFile = "night-desk-key";
    private const int MostWaiting = 3;
    private const decimal Large = 10_000m;

    // What passes by itself is worth sending again unchanged.
    private static readonly string[] s_passing = ["timeout-after-write", "target-down", "throttled", "period-closed"];
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(45);

    private readonly HttpClient _http = new(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = options.ConsoleUrl, Timeout = TimeSpan.FromSeconds(30) };
    private string? _key;

    public override void Dispose()
    {
        _http.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (options is { NightDesk: true, Speed: > 0 })
            {
                await Task.Delay(s_pause, time, stoppingToken);
                await Prepare(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The night is over.
        }
    }

    // A console that is away, or that is another one without these doors, is asked again later.
    private async Task Prepare(CancellationToken cancellationToken)
    {
        try
        {
            _key ??= await Register(cancellationToken);
            if (_key is null || await Get("/api/v1/approvals?take=1", cancellationToken) is not { } waiting || waiting["total"]!.GetValue<int>() >= MostWaiting)
            {
                return;
            }

            var open = await Get("/api/v1/exceptions?state=open&sort=risk&take=20", cancellationToken);
            var large = open?["items"]!.AsArray().Where(item => item?["atRisk"]?["reporting"]?.GetValue<decimal>() > Large && (string?)item["kind"] == "failure")
                .OrderByDescending(item => s_passing.Contains((string?)item!["type"])).FirstOrDefault();
            if ((string?)large?["name"] is { } name)
            {
                await Step(name, "claim", cancellationToken);
                await Step(name, "submit", cancellationToken);
            }
        }
        catch (HttpRequestException)
        {
            _key = null;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It took too long; the next round asks again.
        }
    }

    private async Task<string?> Register(CancellationToken cancellationToken)
    {
        if (journal.Load<string>(KeyFile) is { Length: > 0 } known)
        {
            return known;
        }

        using var made = await Ask(HttpMethod.Post, "/api/v1/sources", new JsonObject { ["name"] = Source, ["scopes"] = new JsonArray("api") }, options.ConsoleKey, cancellationToken);
        if (!made.IsSuccessStatusCode)
        {
            return null;
        }

        var id = JsonNode.Parse(await made.Content.ReadAsStringAsync(cancellationToken))!.GetValue<string>();
        using var keyed = await Ask(HttpMethod.Post, $"/api/v1/sources/{id}/keys", null, options.ConsoleKey, cancellationToken);
        var key = (string?)JsonNode.Parse(await keyed.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken))!["key"];
        journal.Save(KeyFile, key ?? "");
        return key;
    }

    private async Task<JsonNode?> Get(string path, CancellationToken cancellationToken)
    {
        using var answer = await Ask(HttpMethod.Get, path, null, _key!, cancellationToken);
        if (answer.StatusCode is HttpStatusCode.Unauthorized)
        {
            journal.Save(KeyFile, "");
            _key = null;                // the console forgot it: another database
        }

        return answer.IsSuccessStatusCode ? JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken)) : null;
    }

    private async Task Step(string name, string step, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["reason"] = step == "submit" ? "prepared overnight, unchanged: please look at the dry run" : "" };
        using var answer = await Ask(HttpMethod.Post, $"/api/v1/exceptions/{name}/{step}", body, _key!, cancellationToken);
    }

    private Task<HttpResponseMessage> Ask(HttpMethod method, string path, JsonObject? body, string key, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        return _http.SendAsync(request, cancellationToken);
    }
}
