using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;

namespace OpsConsole.Bench.Measures;

/// <summary>Sends bodies that were made beforehand over several connections, so that the client costs little. A body that is asked to come again comes again.</summary>
internal sealed class Wire : IDisposable
{
    public const string Spans = "/v1/traces";
    public const string Events = "/v1/events";

    private static readonly MediaTypeHeaderValue s_protobuf = new("application/x-protobuf");
    private static readonly MediaTypeHeaderValue s_batch = new("application/cloudevents-batch+json");
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http;
    private int _sentBack;

    public Wire(Uri url, string key, int connections)
    {
        Connections = connections;
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections, UseCookies = false, UseProxy = false })
        {
            BaseAddress = url,
            Timeout = TimeSpan.FromMinutes(5),
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public int Connections { get; }

    /// <summary>How often a body was asked to come again.</summary>
    public int SentBack => _sentBack;

    /// <summary>Sends all of them as fast as they are acknowledged.</summary>
    /// <returns>Seconds from the first byte to the last acknowledgement.</returns>
    public async Task<double> Send(string path, IReadOnlyList<byte[]> bodies)
    {
        var watch = Stopwatch.StartNew();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            for (var i = Interlocked.Increment(ref next); i < bodies.Count; i = Interlocked.Increment(ref next))
            {
                await Send(path, bodies[i]);
            }
        }));
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>Sends one and waits for its acknowledgement.</summary>
    public async Task Send(string path, byte[] body)
    {
        while (true)
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = path == Spans ? s_protobuf : s_batch;
            using var answer = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
            if (answer.IsSuccessStatusCode)
            {
                return;
            }

            if (answer.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
            {
                throw new HttpRequestException($"{path} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            }

            Interlocked.Increment(ref _sentBack);
            await Task.Delay(answer.Headers.RetryAfter?.Delta is { } wait && wait < s_pause ? wait : s_pause);
        }
    }

    public void Dispose() => _http.Dispose();
}
