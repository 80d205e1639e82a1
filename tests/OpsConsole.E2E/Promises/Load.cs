using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace OpsConsole.E2E.Promises;

/// <summary>Senders that send new events without a pause until they are ended, as good clients do: what was refused or not answered is sent again, the same.</summary>
internal sealed class Load : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _enough = new();
    private readonly History _history;
    private readonly HttpClient _client = new() { Timeout = s_patience };
    private readonly Task _senders;
    private readonly int _batch;
    private readonly string _name;
    private readonly Func<string, string> _make;
    private int _number;

    public Load(IReadOnlyList<Node> nodes, string name, History history, int senders = 2, int batch = 50, Func<string, string>? make = null)
    {
        (_history, _name, _batch, _make) = (history, name, batch, make ?? (id => Event(id)));
        _senders = Task.WhenAll(Enumerable.Range(0, senders).Select(i => Task.Run(() => Send(nodes[i % nodes.Count]))));
    }

    /// <summary>The slowest refusal.</summary>
    public TimeSpan SlowestRefusal { get; private set; }

    public async Task End()
    {
        await _enough.CancelAsync();
        await _senders;
    }

    public async ValueTask DisposeAsync()
    {
        await End();
        _client.Dispose();
        _enough.Dispose();
    }

    /// <summary>One event that creates an invoice of this name.</summary>
    public static string Event(string id, string type = "invoice") => string.Create(CultureInfo.InvariantCulture, $$$"""
        {"specversion":"1.0","id":"{{{id}}}","source":"urn:test:load","type":"opsconsole.sync.v1","time":"2026-03-01T01:00:00Z",
         "data":{"entity":{"type":"{{{type}}}","id":"{{{id}}}"},"system":"erp","operation":"create","outcome":"succeeded","state":"posted"}}
        """);

    /// <summary>One event that fails to create an invoice of this name: an exception.</summary>
    public static string Failure(string id) => string.Create(CultureInfo.InvariantCulture, $$$"""
        {"specversion":"1.0","id":"{{{id}}}","source":"urn:test:load","type":"opsconsole.sync.v1","time":"2026-03-01T01:00:00Z",
         "data":{"entity":{"type":"invoice","id":"{{{id}}}"},"system":"erp","operation":"create","outcome":"failed","error":{"code":"TAX_PROFILE_MISSING","category":"validation"} } }
        """);

    private async Task Send(Node node)
    {
        while (!_enough.IsCancellationRequested)
        {
            var first = Interlocked.Add(ref _number, _batch) - _batch;
            string[] ids = [.. Enumerable.Range(first, _batch).Select(number => $"{_name}-{number}")];
            while (!await TrySend(node, ids) && !_enough.IsCancellationRequested)
            {
                await Task.Delay(s_pause);
            }
        }
    }

    private async Task<bool> TrySend(Node node, string[] ids)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(node.Url, "/v1/events"));
        request.Content = new StringContent($"[{string.Join(',', ids.Select(_make))}]", Encoding.UTF8);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents-batch+json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", node.Key);
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        try
        {
            using var answer = await _client.SendAsync(request);
            return await Judge(answer, ids, System.Diagnostics.Stopwatch.GetElapsedTime(started));
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException or IOException)
        {
            _history.HeardNothing();
            return false;
        }
    }

    private async Task<bool> Judge(HttpResponseMessage answer, string[] ids, TimeSpan took)
    {
        var said = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode is HttpStatusCode.Accepted)
        {
            var counts = JsonNode.Parse(said)!;
            if (counts["accepted"]!.GetValue<int>() + counts["duplicates"]!.GetValue<int>() != ids.Length)
            {
                _history.Saw(said);
            }

            _history.Acknowledge(ids);
            return true;
        }

        if (answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable && answer.Headers.RetryAfter is not null)
        {
            _history.WasRefused();
            SlowestRefusal = took > SlowestRefusal ? took : SlowestRefusal;
            return false;
        }

        _history.Saw($"{(int)answer.StatusCode} {(answer.Headers.RetryAfter is null ? "without" : "with")} Retry-After: {said}");
        return false;
    }
}
