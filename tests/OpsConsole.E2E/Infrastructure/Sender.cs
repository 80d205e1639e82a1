using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace OpsConsole.E2E.Infrastructure;

/// <summary>What the console answered to some events, added up. The four always make up what was sent.</summary>
internal sealed record Receipt(int Accepted, int Duplicates, int Conflicts, int Quarantined)
{
    public static Receipt operator +(Receipt a, Receipt b) =>
        new(a.Accepted + b.Accepted, a.Duplicates + b.Duplicates, a.Conflicts + b.Conflicts, a.Quarantined + b.Quarantined);
}

/// <summary>Speaks the wire contract to a stage as the bootstrap source does.</summary>
internal static class Sender
{
    private const int BatchSize = 500;

    public static Task<Receipt> PostBatch(this Stage stage, IEnumerable<string> events) => stage.Console.PostBatch(events);

    public static Task<Receipt> Post(this Stage stage, IEnumerable<string> events) => stage.Console.Post(events);

    public static Task<JsonObject> Get(this Stage stage, string path) => stage.Console.Get(path);

    public static Task PutFlow(this Stage stage, string definition) => stage.Console.PutFlow(definition);

    public static async Task<Receipt> PostBatch(this Node stage, IEnumerable<string> events)
    {
        using var body = new StringContent($"[{string.Join(',', events)}]", Encoding.UTF8);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents-batch+json");
        using var answer = await stage.Api.PostAsync(new Uri("/v1/events", UriKind.Relative), body);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{(int)answer.StatusCode}: {text}\n{stage.Tail()}", null, answer.StatusCode);
        }

        var said = JsonNode.Parse(text)!;
        return new Receipt(
            said["accepted"]!.GetValue<int>(),
            said["duplicates"]!.GetValue<int>(),
            said["conflicts"]!.AsArray().Count,
            said["quarantined"]!.AsArray().Count);
    }

    /// <summary>All of them, in batches, one after the other.</summary>
    public static async Task<Receipt> Post(this Node stage, IEnumerable<string> events)
    {
        var total = new Receipt(0, 0, 0, 0);
        foreach (var batch in events.Chunk(BatchSize))
        {
            total += await stage.PostBatch(batch);
        }

        return total;
    }

    public static async Task<JsonObject> Get(this Node stage, string path)
    {
        using var answer = await stage.Api.GetAsync(new Uri(path, UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"GET {path} answered {(int)answer.StatusCode}: {text}\n{stage.Tail()}");
        return JsonNode.Parse(text)!.AsObject();
    }

    public static async Task PutFlow(this Node stage, string definition)
    {
        var name = JsonNode.Parse(definition)!["name"]!.GetValue<string>();
        using var body = new StringContent(definition, Encoding.UTF8, "application/json");
        using var answer = await stage.Api.PutAsync(new Uri($"/api/v1/flows/{name}", UriKind.Relative), body);
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }
}
