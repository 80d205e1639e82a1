using System.Net.WebSockets;
using System.Text;

namespace OpsConsole.E2E.Infrastructure;

/// <summary>A program that hears the worklist's news: SignalR's JSON protocol over a plain WebSocket. Counts as a circuit that only listens.</summary>
internal sealed class HubClient : IAsyncDisposable
{
    private const char End = '\u001e';
    private static readonly TimeSpan s_beat = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _enough = new();
    private Task _listening = Task.CompletedTask;
    private int _changes;

    /// <summary>How often it was told that something changed.</summary>
    public int Changes => Volatile.Read(ref _changes);

    public bool IsOpen => _socket.State is WebSocketState.Open;

    public static async Task<HubClient> Watch(Node node)
    {
        var client = new HubClient();
        client._socket.Options.SetRequestHeader("Authorization", $"Bearer {node.Key}");
        await client._socket.ConnectAsync(new UriBuilder(node.Url) { Scheme = "ws", Path = "/hubs/worklist" }.Uri, CancellationToken.None);
        await client.Say("""{"protocol":"json","version":1}""");
        await client.Say("""{"type":1,"invocationId":"1","target":"Watch","arguments":[{}]}""");
        var watching = new TaskCompletionSource();
        client._listening = Task.WhenAll(client.Listen(watching), client.Beat());
        await watching.Task.WaitAsync(TimeSpan.FromMinutes(1));
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _enough.CancelAsync();
        await _listening;
        _socket.Dispose();
        _enough.Dispose();
    }

    private Task Say(string message) => _socket.SendAsync(Encoding.UTF8.GetBytes(message + End), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private async Task Listen(TaskCompletionSource watching)
    {
        var buffer = new byte[16 << 10];
        var text = new StringBuilder();
        try
        {
            while (await _socket.ReceiveAsync(buffer, _enough.Token) is { MessageType: WebSocketMessageType.Text } part)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
                var messages = text.ToString().Split(End);
                text.Clear().Append(messages[^1]);
                foreach (var message in messages[..^1])
                {
                    Hear(message, watching);
                }
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException)
        {
            watching.TrySetException(failure);
        }
    }

    private void Hear(string message, TaskCompletionSource watching)
    {
        if (message.Contains("\"type\":3", StringComparison.Ordinal))
        {
            _ = message.Contains("\"error\"", StringComparison.Ordinal) ? watching.TrySetException(new InvalidOperationException(message)) : watching.TrySetResult();
        }
        else if (message.Contains("\"target\":\"changed\"", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _changes);
        }
    }

    private async Task Beat()
    {
        while (!_enough.IsCancellationRequested && IsOpen)
        {
            await Task.Delay(s_beat, _enough.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (IsOpen && !_enough.IsCancellationRequested)
            {
                await Say("""{"type":6}""").ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
