using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;

namespace OpsConsole.E2E.Infrastructure;

/// <summary>
/// A page that somebody has open, without the browser: signs in by the form, takes the page, opens its circuit and answers as a browser would,
/// so that hundreds fit beside the console on one machine. What is drawn it does not draw; it knows the words that came.
/// </summary>
public sealed partial class CircuitClient : IAsyncDisposable
{
    // What a page shows when it opens comes in its first few; on a busy machine clocks and counts tick in between.
    private const int FirstBatches = 64;
    private const char End = '\u001e';
    private static readonly TimeSpan s_beat = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly Uri _console;
    private readonly string _cookie;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<object?>> _answers = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _awaited = new();
    private readonly SemaphoreSlim _saying = new(1);
    private readonly List<byte[]> _seen = [];
    private ClientWebSocket? _socket;
    private Task _listening = Task.CompletedTask;
    private string _secret = "";
    private int _asked;
    private int _drawn;

    private CircuitClient(Uri console, string cookie)
    {
        _console = console;
        _cookie = cookie;
    }

    /// <summary>How often something was drawn.</summary>
    public int Drawn => Volatile.Read(ref _drawn);

    /// <summary>Its connection stands.</summary>
    public bool IsOpen => _socket?.State is WebSocketState.Open;

    /// <summary>Signs in. The same cookie serves as many circuits as one likes.</summary>
    public static async Task<string> SignIn(Uri console, string person, string password)
    {
        using var handler = new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = console, Timeout = s_patience };
        var form = await http.GetStringAsync(new Uri("/sign-in", UriKind.Relative));
        var fields = Hidden().Matches(form).ToDictionary(field => field.Groups["name"].Value, field => WebUtility.HtmlDecode(field.Groups["value"].Value));
        (fields["Form.Email"], fields["Form.Password"]) = (person, password);
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(new Uri("/sign-in", UriKind.Relative), content);
        return answer.StatusCode is HttpStatusCode.Found or HttpStatusCode.SeeOther
            ? handler.CookieContainer.GetCookieHeader(console)
            : throw new InvalidOperationException($"{person} was not let in: {(int)answer.StatusCode}.");
    }

    /// <summary>Opens a page and its circuit.</summary>
    /// <param name="console">Where.</param>
    /// <param name="cookie">Of <see cref="SignIn"/>.</param>
    /// <param name="path">Which page.</param>
    public static async Task<CircuitClient> Open(Uri console, string cookie, string path)
    {
        var client = new CircuitClient(console, cookie);
        await client.Start(path);
        return client;
    }

    /// <summary>Waits until these words are drawn, or were since it was opened.</summary>
    public Task Shown(string words) => Sees(words, alsoBefore: true);

    /// <summary>Waits until these words are drawn, from now on.</summary>
    public Task Sees(string words) => Sees(words, alsoBefore: false);

    /// <summary>Cuts the connection without a word, as a broken network does.</summary>
    public void Drop() => _socket!.Abort();

    /// <summary>Connects again to the circuit that it had.</summary>
    /// <returns>False when the console no longer has it.</returns>
    public async Task<bool> ComeBack()
    {
        await Connect();
        return await Ask("ConnectCircuit", _secret) is true;
    }

    public async ValueTask DisposeAsync()
    {
        _socket?.Abort();
        await _listening;
        _socket?.Dispose();
        _saying.Dispose();
    }

    private Task Sees(string words, bool alsoBefore)
    {
        lock (_seen)
        {
            if (alsoBefore && _seen.Exists(batch => Holds(batch, words)))
            {
                return Task.CompletedTask;
            }

            return _awaited.GetOrAdd(words, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private async Task Start(string path)
    {
        var location = new Uri(_console, path);
        using var handler = new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { Timeout = s_patience };
        using var request = new HttpRequestMessage(HttpMethod.Get, location);
        request.Headers.Add("Cookie", _cookie);
        using var answer = await http.SendAsync(request);
        var page = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        var state = State().Match(page) is { Success: true } found ? found.Groups["state"].Value : "";
        var operations = Marker().Matches(page).Select((marker, i) => string.Create(
            CultureInfo.InvariantCulture, $$"""{"type":"add","ssrComponentId":{{i + 1}},"marker":{{marker.Groups["json"].Value}}}"""));
        await Connect();
        _secret = await Ask("StartCircuit", _console.ToString(), location.ToString(), "[]", state) as string ?? throw new InvalidOperationException("No circuit was given.");
        await Say(BlazorPack.Call(null, "UpdateRootComponents", $$"""{"batchId":1,"operations":[{{string.Join(',', operations)}}]}""", state));
    }

    private async Task Connect()
    {
        await _listening;
        _socket?.Dispose();
        _socket = new ClientWebSocket();
        _socket.Options.SetRequestHeader("Cookie", _cookie);
        _socket.Options.SetRequestHeader("Origin", _console.GetLeftPart(UriPartial.Authority));
        using var patience = new CancellationTokenSource(s_patience);
        await _socket.ConnectAsync(new UriBuilder(_console) { Scheme = "ws", Path = "/_blazor" }.Uri, patience.Token);
        await _socket.SendAsync(Encoding.UTF8.GetBytes($$"""{"protocol":"blazorpack","version":1}{{End}}"""), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
        var hello = await _socket.ReceiveAsync(new byte[1024], patience.Token);
        if (hello.Count > 3)
        {
            throw new InvalidOperationException("The circuit's protocol was refused.");
        }

        _listening = Live(_socket);
    }

    private async Task Live(ClientWebSocket socket)
    {
        using var ended = new CancellationTokenSource();
        var beating = Beat(ended.Token);
        await Listen(socket);
        await ended.CancelAsync();
        await beating;
    }

    private async Task<object?> Ask(string method, params object?[] arguments)
    {
        var id = Interlocked.Increment(ref _asked).ToString(CultureInfo.InvariantCulture);
        var answer = _answers[id] = new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await Say(BlazorPack.Call(id, method, arguments));
        return await answer.Task.WaitAsync(s_patience);
    }

    private async Task Say(byte[] message)
    {
        await _saying.WaitAsync();
        try
        {
            await _socket!.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            _saying.Release();
        }
    }

    private async Task Listen(ClientWebSocket socket)
    {
        var buffer = new byte[64 << 10];
        var come = new List<byte>();
        try
        {
            while (await socket.ReceiveAsync(buffer, CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } part)
            {
                come.AddRange(buffer.AsSpan(0, part.Count));
                while (BlazorPack.Take(come) is { } message)
                {
                    await Hear(message);
                }
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            foreach (var waiting in _answers.Values)
            {
                waiting.TrySetException(failure);
            }
        }
    }

    private Task Hear(object?[] message)
    {
        switch (message)
        {
            case [(long)BlazorPack.Completion, _, string id, long kind, ..] when _answers.TryRemove(id, out var waiting):
                _ = kind == 1 ? waiting.TrySetException(new InvalidOperationException($"{message[4]}")) : waiting.TrySetResult(kind == 3 ? message[4] : null);
                return Task.CompletedTask;
            case [(long)BlazorPack.Invocation, _, _, "JS.RenderBatch", object?[] batch, ..]:
                Draw((byte[])batch[1]!);
                return Say(BlazorPack.Call(null, "OnRenderCompleted", batch[0], null));
            case [(long)BlazorPack.Invocation, _, _, "JS.BeginInvokeJS", object?[] call, ..]:
                return Say(BlazorPack.Call(null, "EndInvokeJSFromDotNet", call[0], true, $"[{call[0]},true,null]"));
            default:
                return Task.CompletedTask;
        }
    }

    private void Draw(byte[] batch)
    {
        Interlocked.Increment(ref _drawn);
        lock (_seen)
        {
            if (_seen.Count < FirstBatches)
            {
                _seen.Add(batch);
            }

            foreach (var words in _awaited.Keys.Where(words => Holds(batch, words)))
            {
                if (_awaited.TryRemove(words, out var seen))
                {
                    seen.TrySetResult();
                }
            }
        }
    }

    private static bool Holds(byte[] batch, string words) => batch.AsSpan().IndexOf(Encoding.UTF8.GetBytes(words)) >= 0;

    private async Task Beat(CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            await Task.Delay(s_beat, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!ended.IsCancellationRequested)
            {
                await Say(BlazorPack.Alive()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)" ?/>""")]
    private static partial Regex Hidden();

    [GeneratedRegex("""<!--Blazor-Server-Component-State:(?<state>[^>]*?)-->""")]
    private static partial Regex State();

    [GeneratedRegex("""<!--Blazor:(?<json>\{"type":"server".*?"descriptor":.*?\})-->""")]
    private static partial Regex Marker();
}
