using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Npgsql;
using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Promises;

/// <summary>Failures that can be replayed, and bulks of them, as a program asks for them.</summary>
internal static class BulkCalls
{
    /// <summary>One refused document; its payload is what its target wants.</summary>
    public static string Refused(string id, string target, string payload) => string.Create(CultureInfo.InvariantCulture, $$$"""
        {"specversion":"1.0","id":"{{{id}}}","source":"urn:test:replays","type":"opsconsole.sync.v1","time":"2026-03-01T01:00:00Z",
         "data":{"entity":{"type":"invoice","id":"{{{id}}}"},"system":"netsuite","operation":"create","outcome":"failed","businessUnit":"EMEA",
                 "error":{"code":"NO_ANSWER","category":"timeout"},"payload":{{{payload}}},"replayTarget":"{{{target}}}","idempotencyKey":"{{{id}}}" } }
        """);

    /// <summary>Word of its system that the document is there after all.</summary>
    public static string Taken(string id) => string.Create(CultureInfo.InvariantCulture, $$$"""
        {"specversion":"1.0","id":"{{{id}}}-taken","source":"urn:test:replays","type":"opsconsole.sync.v1","time":"{{{DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ssZ}}}",
         "data":{"entity":{"type":"invoice","id":"{{{id}}}"},"system":"netsuite","operation":"create","outcome":"succeeded","businessUnit":"EMEA"} }
        """);

    /// <summary>Targets "stub", asked unless told otherwise, and "blind", which cannot be asked.</summary>
    public static StageSettings Settings(ReplayStub stub, bool asked = true) => new()
    {
        Environment = new Dictionary<string, string>
        {
            ["Targets__stub__Url"] = stub.Url, ["Targets__stub__ReadBackUrl"] = asked ? $"{stub.Url}/{{id}}" : "", ["Targets__stub__Parallel"] = "16",
            ["Targets__blind__Url"] = stub.Url,
        },
    };

    /// <summary>Sends so many failures and waits until each is an exception. Answers their keys.</summary>
    public static async Task<string[]> Fail(this Stage stage, int count, string name = "INV", string target = "stub")
    {
        string[] ids = [.. Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{name}-{i:00000}"))];
        await stage.Post(ids.Select(id => Refused(id, target, $$"""{"tranId":"{{id}}","memo":"as it was"}""")));
        await Eventually.Is(async () => await stage.Exceptions($"q={name}-") >= count, "each failure is an exception", TimeSpan.FromMinutes(5), () => Task.FromResult(stage.ConsoleTail()));
        return ids;
    }

    public static async Task<int> Exceptions(this Stage stage, string query) => (await stage.Get($"/api/v1/exceptions?take=1&{query}"))["total"]!.GetValue<int>();

    /// <summary>Freezes everything that is open and lets it go. Answers the bulk's address.</summary>
    public static async Task<string> StartBulk(this Stage stage, string ramp = "1,5,20")
    {
        var frozen = await stage.Send("/api/v1/bulks", new { filter = new { state = "open" }, said = "everything open" });
        var bulk = $"/api/v1/bulks/{frozen["id"]}";
        await stage.Send($"{bulk}/start", new { ramp, stopAbove = 0.5 });
        return bulk;
    }

    public static async Task<JsonObject> Send(this Stage stage, string path, object? body = null)
    {
        while (true)
        {
            using var answer = await stage.Api.PostAsJsonAsync(new Uri(path, UriKind.Relative), body ?? new { });
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode is not HttpStatusCode.PreconditionFailed)
            {
                Assert.True(answer.IsSuccessStatusCode, $"POST {path} answered {(int)answer.StatusCode}: {text}\n{stage.ConsoleTail()}");
                return JsonNode.Parse(text)!.AsObject();
            }

            // A worker touched the exception at the same moment: whoever asks looks again and asks again.
        }
    }

    /// <summary>How many of the bulk's items are where: <c>proven</c>, <c>failed</c> and so on.</summary>
    public static async Task<int> Progress(this Stage stage, string bulk, string part) => (await stage.Get(bulk))["progress"]![part]!.GetValue<int>();

    public static async Task IsDone(this Stage stage, string bulk, TimeSpan patience) =>
        await Eventually.Is(async () => (await stage.Get(bulk))["state"]!.GetValue<string>() is "done", "the bulk is done", patience, async () => $"{await stage.Get(bulk)}\n{stage.ConsoleTail()}");

    /// <summary>Exceptions with more than one replay that is not over. Always none.</summary>
    public static Task<long> Doubled(this Stage stage) =>
        stage.Count("""SELECT count(*) FROM (SELECT 1 FROM replay_items WHERE "Outstanding" GROUP BY "CaseId" HAVING count(*) > 1) many""");

    /// <summary>A number that only the database knows.</summary>
    public static async Task<long> Count(this Stage stage, string sql)
    {
        await using var database = NpgsqlDataSource.Create(stage.ConnectionString);
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
