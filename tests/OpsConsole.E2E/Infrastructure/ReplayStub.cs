using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OpsConsole.E2E.Infrastructure;

/// <summary>
/// A target in the test's own process, so that it outlives every killed console: applies each idempotency key once, as a careful receiver does, and counts how often
/// each came. It can be told what to do when something comes.
/// </summary>
internal sealed class ReplayStub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _sent = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _applied = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _made = new(StringComparer.Ordinal);
    private readonly TimeSpan _takes;
    private int _sends;

    private ReplayStub(WebApplication app, TimeSpan takes) => (_app, _takes) = (app, takes);

    /// <summary>As a target's address.</summary>
    public string Url => $"{_app.Urls.First()}/items";

    /// <summary>All sends that came.</summary>
    public int Sends => Volatile.Read(ref _sends);

    /// <summary>How often each key came.</summary>
    public IReadOnlyDictionary<string, int> Sent => _sent;

    /// <summary>How many records each object has: more than one is a double.</summary>
    public IReadOnlyDictionary<string, int> Made => _made;

    /// <summary>Runs when a question comes, before it is answered.</summary>
    public Func<string, Task> OnAsk { get; set; } = _ => Task.CompletedTask;

    /// <summary>Runs when a send comes, before it is applied.</summary>
    public Func<string, Task> BeforeApply { get; set; } = _ => Task.CompletedTask;

    /// <summary>Runs when a send was applied, before it is answered.</summary>
    public Func<string, Task> AfterApply { get; set; } = _ => Task.CompletedTask;

    /// <summary>Says "later" to everything.</summary>
    public bool Down { get; set; }

    /// <summary>Refuses these keys for good.</summary>
    public Func<string, bool> Refuses { get; set; } = _ => false;

    /// <param name="takes">How long each answer takes.</param>
    public static async Task<ReplayStub> Start(TimeSpan takes = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var stub = new ReplayStub(app, takes);
        app.Run(stub.Answer);
        await app.StartAsync();
        return stub;
    }

    /// <summary>What was wrong at the end: a key that never came, or an object that stands there otherwise than once.</summary>
    public IReadOnlyList<string> Faults(IEnumerable<string> keys) =>
        [
            .. from key in keys
               where !_applied.ContainsKey(key)
               select $"{key} was never applied",
            .. from made in _made
               where made.Value != 1
               select string.Create(CultureInfo.InvariantCulture, $"{made.Key} stands there {made.Value} times"),
        ];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Answer(HttpContext http)
    {
        if (Down)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        if (_takes > TimeSpan.Zero)
        {
            await Task.Delay(_takes);
        }

        await (HttpMethods.IsGet(http.Request.Method) ? Show(http) : Take(http));
    }

    private async Task Show(HttpContext http)
    {
        var id = Uri.UnescapeDataString(http.Request.Path.Value!.Split('/')[^1]);
        await OnAsk(id);
        if (_applied.TryGetValue(id, out var body))
        {
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(body);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    private async Task Take(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        var key = http.Request.Headers["Idempotency-Key"].ToString().Trim('"');
        Interlocked.Increment(ref _sends);
        _sent.AddOrUpdate(key, 1, (_, count) => count + 1);
        await BeforeApply(key);
        if (Refuses(key))
        {
            http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return;
        }

        if (_applied.TryAdd(key, body))
        {
            var id = JsonNode.Parse(body)!["tranId"]!.GetValue<string>();
            _made.AddOrUpdate(id, 1, (_, count) => count + 1);
            _applied.TryAdd(id, body);
        }

        await AfterApply(key);
        http.Response.StatusCode = StatusCodes.Status201Created;
    }
}
