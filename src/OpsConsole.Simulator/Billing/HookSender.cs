using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using OpsConsole.Simulator.Records;

namespace OpsConsole.Simulator.Billing;

/// <summary>
/// Billing's own web-hooks, as a payment provider sends them: signed after Standard Webhooks, tried again until they are taken. It registers
/// itself with the console as a source first; a console that knows no web-hooks gets none.
/// </summary>
internal sealed class HookSender(SimulatorOptions options, Journal journal, TimeProvider time, ILogger<HookSender> log) : BackgroundService
{
    private const string Source = "payment-provider";
    private const string SecretFile = "hook-secret";
    private const int MostWaiting = 10_000;
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(2);

    private readonly HttpClient _http = new(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = options.ConsoleUrl, Timeout = TimeSpan.FromSeconds(30) };
    private readonly Channel<Hook> _waiting = Channel.CreateBounded<Hook>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });
    private string? _secret;

    /// <param name="type">The vendor's event type: <c>invoice.paid</c>.</param>
    /// <param name="about">The object as the vendor shows it.</param>
    /// <param name="at">When it happened.</param>
    public void Tell(string type, JsonObject about, DateTimeOffset at)
    {
        var body = new JsonObject { ["type"] = type, ["created"] = at.ToUnixTimeSeconds(), ["data"] = new JsonObject { ["object"] = about } };
        _waiting.Writer.TryWrite(new Hook($"msg_{Guid.NewGuid():n}", Encoding.UTF8.GetBytes(body.ToJsonString())));
    }

    public override void Dispose()
    {
        _http.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var hook in _waiting.Reader.ReadAllAsync(stoppingToken))
            {
                while (!await Try(hook, stoppingToken))
                {
                    await Task.Delay(s_pause, time, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The vendor closes for the day.
        }
    }

    /// <summary>True: taken, or not to be tried again.</summary>
    private async Task<bool> Try(Hook hook, CancellationToken cancellationToken)
    {
        try
        {
            _secret ??= await Register(cancellationToken);
            if (_secret.Length == 0)
            {
                return true;
            }

            using var request = Signed(hook, _secret);
            using var answer = await _http.SendAsync(request, cancellationToken);
            if (answer.StatusCode is HttpStatusCode.Unauthorized)
            {
                journal.Save(SecretFile, "");
                _secret = null;             // the console forgot it: another database
                return false;
            }

            return answer.StatusCode is not (HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError);
        }
        catch (HttpRequestException failure)
        {
            log.ConsoleAway(failure.Message, 1);
            return false;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private HttpRequestMessage Signed(Hook hook, string secret)
    {
        var at = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{hook.Id}.{at}."), .. hook.Body];
        var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/hooks/{Source}") { Content = new ByteArrayContent(hook.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("webhook-id", hook.Id);
        request.Headers.Add("webhook-timestamp", at);
        request.Headers.Add("webhook-signature", $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), signed))}");
        return request;
    }

    /// <summary>The secret that the console checks by: the one of before, or a new one. Empty: it knows no sources.</summary>
    private async Task<string> Register(CancellationToken cancellationToken)
    {
        if (journal.Load<string>(SecretFile) is { Length: > 0 } known)
        {
            return known;
        }

        using var listed = await Ask(HttpMethod.Get, "/api/v1/sources", null, cancellationToken);
        if (listed.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
        {
            return "";
        }

        var sources = JsonNode.Parse(await listed.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken))!["items"]!.AsArray();
        var id = sources.Where(source => (string?)source!["name"] == Source).Select(source => (string?)source!["id"]).FirstOrDefault()
            ?? await Create(cancellationToken);
        var secret = $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";
        using var set = await Ask(HttpMethod.Put, $"/api/v1/sources/{id}/hook-secret", new JsonObject { ["secret"] = secret }, cancellationToken);
        set.EnsureSuccessStatusCode();
        journal.Save(SecretFile, secret);
        return secret;
    }

    private async Task<string> Create(CancellationToken cancellationToken)
    {
        var source = new JsonObject { ["name"] = Source, ["scopes"] = new JsonArray("events"), ["priority"] = "first" };
        using var made = await Ask(HttpMethod.Post, "/api/v1/sources", source, cancellationToken);
        return JsonNode.Parse(await made.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken))!.GetValue<string>();
    }

    private Task<HttpResponseMessage> Ask(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ConsoleKey);
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        return _http.SendAsync(request, cancellationToken);
    }

    private sealed record Hook(string Id, byte[] Body);
}
