using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpsConsole.Simulator.Records;

namespace OpsConsole.Simulator.Wire;

/// <summary>One service calls another over HTTP: with a client span, W3C trace context and the journey it is part of.</summary>
internal sealed class ServiceCaller(OwnAddress address, BusinessClock clock) : IDisposable
{
    // The framework's own propagation is off: it would put a span between ours that nobody exports.
    private readonly HttpClient _http = new(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { Timeout = Timeout.InfiniteTimeSpan };

    public void Dispose() => _http.Dispose();

    /// <summary>The company's people and clocks press a button in a service: nobody's span is above that service's own.</summary>
    public Task<Reply> Press(string path, JsonObject body, CancellationToken cancellationToken)
    {
        Activity.Current = null;
        return Send(path, body, key: null, timeout: null, cancellationToken);
    }

    /// <param name="facts">What the call is about, for the span.</param>
    /// <param name="timeout">How long the caller waits. Null: until the answer comes.</param>
    public async Task<Reply> Call(
        string from, string path, JsonObject body, DocumentFacts facts, string? key, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var parent = Activity.Current;
        var span = Spans.Start(from, $"POST {path}", ActivityKind.Client, parent?.Context ?? default, clock.Now);
        span.Describe(facts);
        span?.SetTag("http.request.method", "POST").SetTag("url.path", path).SetTag("server.address", address.Url.Host).SetTag("server.port", address.Url.Port);
        span?.SetTag("peer.service", path.Split('/')[1]);
        var reply = await Send(path, body, key, timeout, cancellationToken);
        Note(span, reply, timeout);
        span.Finish(clock.Now);
        Activity.Current = parent;
        return reply;
    }

    private static void Note(Activity? span, Reply reply, TimeSpan? timeout)
    {
        if (reply.TimedOut)
        {
            span.Fail("timeout", new TimeoutException($"No answer within {timeout?.TotalSeconds:0.#} s."));
            return;
        }

        span?.SetTag("http.response.status_code", reply.Status);
        if (!reply.Ok)
        {
            span.Fail(reply.Status.ToString(CultureInfo.InvariantCulture), new RefusedException(reply.Message ?? $"Answered {reply.Status}."));
        }
    }

    private async Task<Reply> Send(string path, JsonObject body, string? key, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address.Url, path));
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        if (Activity.Current is { } span)
        {
            request.Headers.Add("traceparent", span.Id);
        }

        if (Journey.Current is { } journey)
        {
            request.Headers.Add(Journey.Header, journey.ToString());
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", $"\"{key}\"");
        }

        var began = clock.Now;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (timeout is { } span1 && !BusinessClock.InThePast)
        {
            patience.CancelAfter(span1);
        }

        try
        {
            using var response = await _http.SendAsync(request, patience.Token);
            var reply = await Read(response, patience.Token);

            // In the past nobody really waits: the answer says how late it came.
            return BusinessClock.InThePast && timeout is { } limit && clock.Now - began > limit ? Reply.Nothing : reply;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Reply.Nothing;
        }
    }

    private static async Task<Reply> Read(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Headers.TryGetValues(BusinessClock.Header, out var times))
        {
            BusinessClock.Adopt(Journey.ReadTime(times.First()));
        }

        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return new Reply((int)response.StatusCode, Parse(text), response.Headers.RetryAfter?.Delta);
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
