using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using OpsConsole.Outgoing;

namespace OpsConsole.Replay.Targets;

/// <summary>Sends to registered HTTP addresses and asks them what they hold (wire contract §5). Follows no redirect: a payload goes where it was approved to go.</summary>
internal sealed class HttpTarget(IHttpClientFactory clients, TimeProvider clock) : IReplayTarget
{
    public const string Client = "replay";
    private const int LongestAnswer = 2_000;
    private const int LongestHolding = 1 << 20;
    private static readonly ActivitySource s_source = new("OpsConsole.Replay");
    private static readonly TimeSpan s_readTime = TimeSpan.FromSeconds(10);

    public TargetKind Kind => TargetKind.Http;

    public bool CanBeAsked(ReplayTarget target) => target.ReadBackUrl is not null;

    public async Task<SendResult> Send(ReplayTarget target, Sending sending, CancellationToken cancellationToken)
    {
        using var activity = Begin(sending);
        var trace = activity?.TraceId ?? ActivityTraceId.CreateRandom();
        var span = activity?.SpanId ?? ActivitySpanId.CreateRandom();
        using var request = Request(target, sending, $"00-{trace.ToHexString()}-{span.ToHexString()}-01");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(target.TimeoutSeconds));
        var began = clock.GetTimestamp();
        var traceId = Convert.FromHexString(trace.ToHexString());
        try
        {
            using var client = clients.CreateClient(Client);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var said = await Beginning(response, LongestAnswer, limit.Token);
            return new SendResult(
                Verdict(response.StatusCode), (int)response.StatusCode, said, null, Wait(response.Headers.RetryAfter), clock.GetElapsedTime(began), traceId);
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException or IOException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            var fault = failure is OperationCanceledException ? $"no answer within {target.TimeoutSeconds}s; it may have been taken" : failure.GetBaseException().Message;
            // Where it must not call at all, another try is of no use.
            var verdict = failure.GetBaseException() is OutgoingRefusedException ? SendVerdict.Refused : SendVerdict.Later;
            return new SendResult(verdict, null, null, fault, null, clock.GetElapsedTime(began), traceId);
        }
    }

    public async Task<Holding> Read(ReplayTarget target, Probe asked, CancellationToken cancellationToken)
    {
        if (target.ReadBackUrl is not { } pattern)
        {
            return new Holding(false, false, null, "the target cannot be asked: it has no read-back address");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_readTime);
        try
        {
            using var client = clients.CreateClient(Client);
            using var response = await client.GetAsync(new Uri(asked.Fill(pattern)), HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return response.StatusCode switch
            {
                HttpStatusCode.NotFound or HttpStatusCode.Gone => new Holding(true, false, null, null),
                _ when response.IsSuccessStatusCode => new Holding(true, true, await Beginning(response, LongestHolding, limit.Token), null),
                var status => new Holding(false, false, null, $"the target answered {(int)status} when asked"),
            };
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException or IOException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new Holding(false, false, null, failure is OperationCanceledException ? "the target did not answer in time when asked" : failure.GetBaseException().Message);
        }
    }

    // A root of its own: the replay is a new story, linked to the one that failed.
    private static Activity? Begin(Sending sending)
    {
        Activity.Current = null;
        var links = sending.Failed is { } failed ? new[] { new ActivityLink(failed) } : null;
        return s_source.StartActivity("replay.send", ActivityKind.Client, default(ActivityContext), links: links);
    }

    private HttpRequestMessage Request(ReplayTarget target, Sending sending, string traceparent)
    {
        var body = Encoding.UTF8.GetBytes(sending.Body);
        var request = new HttpRequestMessage(new HttpMethod(target.Method), target.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(sending.IsJson ? "application/json" : "text/plain") { CharSet = sending.IsJson ? null : "utf-8" };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", Quote(sending.IdempotencyKey));
        request.Headers.TryAddWithoutValidation("traceparent", traceparent);
        request.Headers.TryAddWithoutValidation("X-OpsConsole-Exception", sending.CaseId.ToString());
        request.Headers.TryAddWithoutValidation("X-OpsConsole-Attempt", $"{sending.Attempt}");
        if (sending.Secret is { } secret)
        {
            var (id, now) = (sending.MessageId.ToString("n"), clock.GetUtcNow());
            request.Headers.TryAddWithoutValidation("webhook-id", id);
            request.Headers.TryAddWithoutValidation("webhook-timestamp", $"{now.ToUnixTimeSeconds()}");
            request.Headers.TryAddWithoutValidation("webhook-signature", WebhookSignature.Of(secret, id, now, body));
        }

        return request;
    }

    // A string of RFC 8941. What it cannot hold is told by its hash: the same key stays the same.
    private static string Quote(string key) =>
        key.All(letter => letter is >= ' ' and <= '~')
            ? $"\"{key.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            : $"\"{Convert.ToHexStringLower(Ids.Hash([key]))}\"";

    private static SendVerdict Verdict(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => SendVerdict.Delivered,
        408 or 425 or 429 or 502 or 503 or 504 => SendVerdict.Later,
        _ => SendVerdict.Refused,
    };

    private TimeSpan? Wait(RetryConditionHeaderValue? asked) => asked switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > clock.GetUtcNow() => date - clock.GetUtcNow(),
        _ => null,
    };

    private static async Task<string> Beginning(HttpResponseMessage response, int longest, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[longest];
        var read = await stream.ReadAtLeastAsync(buffer, longest, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, read).Replace('\0', ' ');
    }
}
