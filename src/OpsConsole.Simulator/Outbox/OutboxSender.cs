using System.Net;
using System.Net.Http.Headers;

namespace OpsConsole.Simulator.Outbox;

/// <summary>
/// Sends the outbox to the console in batches, one after the other. Whatever is not a clear answer (no connection, 429, 5xx, a refused key) is
/// tried again with growing pauses, or when the console says: events are lost only if the console names the body itself as wrong.
/// </summary>
internal sealed class OutboxSender(EventOutbox outbox, SimulatorOptions options, OutboxCounts counts, ILogger<OutboxSender> log) : BackgroundService
{
    private const int BatchSize = 250;
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_lastChance = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { Timeout = TimeSpan.FromSeconds(30) };
    private readonly Uri _address = new(options.ConsoleUrl, "/v1/events");

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        outbox.Load();
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await outbox.WaitForNews(stoppingToken);
                await SendWaiting(all: false, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>After the loop has ended: once more for what is left, for five seconds, then what still waits goes to the state folder.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var last = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        last.CancelAfter(s_lastChance);
        try
        {
            await SendWaiting(all: true, last.Token);
        }
        catch (OperationCanceledException)
        {
            log.EventsKept(outbox.Length);
        }

        outbox.Save();
    }

    public override void Dispose()
    {
        _http.Dispose();
        base.Dispose();
    }

    private async Task SendWaiting(bool all, CancellationToken cancellationToken)
    {
        while (outbox.Take(BatchSize, all) is { Count: > 0 } batch)
        {
            try
            {
                await SendUntilTaken(batch, cancellationToken);
                outbox.Settle(batch.Count);
            }
            catch
            {
                outbox.GiveBack(batch);
                throw;
            }
        }
    }

    private async Task SendUntilTaken(IReadOnlyList<byte[]> batch, CancellationToken cancellationToken)
    {
        var pause = s_firstPause;
        while (true)
        {
            var (taken, retryAfter) = await Try(batch, cancellationToken);
            if (taken)
            {
                return;
            }

            counts.Retried();
            var wait = retryAfter ?? pause;
            await Task.Delay(wait, cancellationToken);
            pause = pause + pause < s_longestPause ? pause + pause : s_longestPause;
        }
    }

    private async Task<(bool Taken, TimeSpan? RetryAfter)> Try(IReadOnlyList<byte[]> batch, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = Batch(batch) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ConsoleKey);
            using var response = await _http.SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                counts.Acknowledged(await response.Content.ReadAsStringAsync(cancellationToken), batch.Count);
                return (true, null);
            }

            if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnsupportedMediaType)
            {
                return (await Divide(batch, response.StatusCode, cancellationToken), null);
            }

            log.ConsoleRefused((int)response.StatusCode, batch.Count);
            return (false, RetryAfter(response));
        }
        catch (HttpRequestException failure)
        {
            log.ConsoleAway(failure.Message, batch.Count);
            return (false, null);
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // No answer is not a no: it is sent again, and is a duplicate at worst.
            log.ConsoleAway("no answer in time", batch.Count);
            return (false, null);
        }
    }

    /// <summary>The console cannot read the body: find the one event that it cannot read, set it aside in the log, and send the others.</summary>
    private async Task<bool> Divide(IReadOnlyList<byte[]> batch, HttpStatusCode status, CancellationToken cancellationToken)
    {
        if (batch.Count == 1)
        {
            log.EventUnreadable((int)status);
            counts.Unreadable();
            return true;
        }

        var half = batch.Count / 2;
        await SendUntilTaken([.. batch.Take(half)], cancellationToken);
        await SendUntilTaken([.. batch.Skip(half)], cancellationToken);
        return true;
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when response.Headers.Date is { } now && date > now => date - now,
        _ => null,
    };

    private static ByteArrayContent Batch(IReadOnlyList<byte[]> events)
    {
        var body = new byte[events.Sum(e => e.Length) + events.Count + 1];
        var at = 0;
        foreach (var one in events)
        {
            body[at] = at == 0 ? (byte)'[' : (byte)',';
            one.CopyTo(body, at + 1);
            at += one.Length + 1;
        }

        body[at] = (byte)']';
        return new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/cloudevents-batch+json") } };
    }
}
