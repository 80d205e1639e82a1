using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OpsConsole.Simulator.Tests.Stage;

/// <summary>The console as the simulator sees it: a real server that keeps what it is sent, and can be out of order.</summary>
internal sealed class ConsoleSink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, JsonObject> _events = new();
    private readonly ConcurrentQueue<string> _arrivals = new();
    private int _refused;

    private ConsoleSink(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First());

    /// <summary>While set, every batch is answered with this status and <c>Retry-After: 0</c>.</summary>
    public int? OutOfOrder { get; set; }

    public int Refused => _refused;
    public int Arrived => _arrivals.Count;
    public long TraceBytes { get; private set; }
    public string? Authorization { get; private set; }

    /// <summary>Bodies of OTLP logs.</summary>
    public ConcurrentQueue<byte[]> Logs { get; } = new();

    public IReadOnlyCollection<JsonObject> Events => [.. _events.Values];

    public IReadOnlyDictionary<string, string> ById => _events.ToDictionary(e => e.Key, e => Content(e.Value));

    public static async Task<ConsoleSink> Start()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var sink = new ConsoleSink(app);
        app.MapGet("/readyz", () => Results.Ok());
        app.MapPost("/v1/events", sink.Take);
        app.MapPost("/v1/traces", sink.TakeSpans);
        app.MapPost("/v1/logs", sink.TakeLogs);
        await app.StartAsync();
        return sink;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    /// <summary>What the sink holds of one object, in the order of its time.</summary>
    public IReadOnlyList<JsonObject> Of(string type, string id) =>
        [.. Events.Where(e => e["subject"]!.GetValue<string>() == $"{type}/{id}").OrderBy(e => e["time"]!.GetValue<string>(), StringComparer.Ordinal)];

    public IReadOnlyList<string> Said(string type, string id, string system) =>
        [.. from e in Of(type, id) where Text(e, "system") == system select $"{Text(e, "outcome")} {Text(e, "state")}"];

    private static string Text(JsonObject cloudEvent, string field) => cloudEvent["data"]![field]!.GetValue<string>();

    private static string Content(JsonObject e) => $"{e["subject"]} {e["time"]} {e["data"]!.ToJsonString()}";

    private async Task<IResult> Take(HttpRequest request)
    {
        Authorization = request.Headers.Authorization;
        if (OutOfOrder is { } status)
        {
            Interlocked.Increment(ref _refused);
            request.HttpContext.Response.Headers.RetryAfter = "0";
            return Results.StatusCode(status);
        }

        if (request.ContentType != "application/cloudevents-batch+json")
        {
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        }

        var (accepted, duplicates) = (0, 0);
        foreach (var one in (await JsonNode.ParseAsync(request.Body))!.AsArray())
        {
            var id = $"{one!["source"]} {one["id"]}";
            _arrivals.Enqueue(id);
            _ = _events.TryAdd(id, one.AsObject()) ? accepted++ : duplicates++;
        }

        return Results.Json(new { accepted, duplicates, conflicts = Array.Empty<object>(), quarantined = Array.Empty<object>() }, statusCode: 202);
    }

    private async Task<IResult> TakeLogs(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        Logs.Enqueue(body.ToArray());
        return Results.Bytes([], "application/x-protobuf");
    }

    private async Task<IResult> TakeSpans(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        TraceBytes += body.Length;
        return Results.Bytes([], "application/x-protobuf");
    }
}
