using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OpsConsole.Tests.Samples;

/// <summary>One request that came to the target.</summary>
internal sealed record Received(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>A real HTTP server as the target of replays: says what a test tells it to, holds what a test gives it, and remembers what came.</summary>
internal sealed class TestTarget : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestTarget(WebApplication app) => _app = app;

    public ConcurrentQueue<Received> Sent { get; } = new();

    /// <summary>Answers every send.</summary>
    public Func<Received, (int Status, string Body)> Answer { get; set; } = _ => (201, """{"state":"posted"}""");

    /// <summary>What a read-back shows; nothing: it knows no such object.</summary>
    public string? Holds { get; set; }

    /// <summary>What a read-back shows of one object, before <see cref="Holds"/>; filled by the sends where <see cref="Keeps"/>.</summary>
    public ConcurrentDictionary<string, string> Held { get; } = new();

    /// <summary>It keeps what it is sent, under the payload's <c>tranId</c>, and shows it when asked.</summary>
    public bool Keeps { get; set; }

    /// <summary>Runs while it is being asked what it holds, before it answers.</summary>
    public Func<Task>? WhenAsked { get; set; }

    /// <summary>Seconds that it asks to be left alone, with every answer.</summary>
    public int? RetryAfter { get; set; }

    /// <summary>Answers 503 to everything.</summary>
    public bool Down { get; set; }

    public string Url => $"{_app.Urls.First()}/invoices";

    public static async Task<TestTarget> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var target = new TestTarget(app);
        app.MapPost("/invoices", (Delegate)target.Take);
        app.MapGet("/invoices/{id}", async (string id) =>
        {
            await (target.WhenAsked?.Invoke() ?? Task.CompletedTask);
            return target.Down ? Results.StatusCode(503) : target.Held.TryGetValue(id, out var kept) ? Results.Text(kept, "application/json") : target.Holds is { } held && !id.StartsWith("opsconsole", StringComparison.Ordinal) ? Results.Text(held, "application/json") : Results.NotFound();
        });
        await app.StartAsync();
        return target;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> Take(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var received = new Received(
            http.Request.Method, http.Request.Path, http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), await reader.ReadToEndAsync());
        Sent.Enqueue(received);
        var (status, body) = Down ? (503, "down for maintenance") : Answer(received);
        if (Keeps && status is >= 200 and < 300)
        {
            Held[JsonNode.Parse(received.Body)!["tranId"]!.GetValue<string>()] = received.Body;
        }

        if (RetryAfter is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (status == 302)
        {
            return Results.Redirect("/elsewhere");
        }

        return Results.Text(body, "application/json", statusCode: status);
    }
}
