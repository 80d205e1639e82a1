using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace OpsConsole.Bench.Measures;

/// <summary>A client of the worklist's hub over a WebSocket, in the hub's own JSON protocol: it watches, and calls when the console says that something changed.</summary>
internal sealed class HubClient : IAsyncDisposable
{
    private const char End = '\u001e';

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _listening = Task.CompletedTask;

    /// <param name="console">Its address.</param>
    /// <param name="key">An API key.</param>
    /// <param name="changed">Called at each news, one after the other.</param>
    public static async Task<HubClient> Watch(Uri console, string key, Func<Task> changed)
    {
        var client = new HubClient();
        client._socket.Options.SetRequestHeader("Authorization", $"Bearer {key}");
        await client._socket.ConnectAsync(new UriBuilder(console) { Scheme = "ws", Path = "/hubs/worklist" }.Uri, CancellationToken.None);
        await client.Send("""{"protocol":"json","version":1}""");
        await client.Send("""{"type":1,"target":"Watch","arguments":[{"queue":null,"unit":null,"state":null}]}""");
        client._listening = client.Listen(changed);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _listening;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task Send(string message) => await _socket.SendAsync(Encoding.UTF8.GetBytes(message + End), WebSocketMessageType.Text, true, CancellationToken.None);

    private async Task Listen(Func<Task> changed)
    {
        var (buffer, text) = (new byte[16 * 1024], new StringBuilder());
        try
        {
            while (await _socket.ReceiveAsync(buffer.AsMemory(), _stop.Token) is { MessageType: WebSocketMessageType.Text } part)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
                var messages = text.ToString().Split(End);
                text.Clear().Append(messages[^1]);
                if (messages[..^1].Any(message => JsonNode.Parse(message)?["target"]?.GetValue<string>() == "changed"))
                {
                    await changed();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }
    }
}
