using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Promises;

/// <summary>Fifty who claim the same exception at the same moment, on two consoles: one holds it, and every other is told who does.</summary>
public sealed class R16_One_claim_wins : Promise
{
    private const int Claimants = 50;

    [Fact]
    public Task Of_fifty_who_claim_each_of_many_exceptions_at_once_one_holds_it_and_the_others_are_told_who() => Keep(async () =>
    {
        var count = Of(20, 1_000);
        await using var stage = await Stage.Start();
        Node[] nodes = [stage.Console, await stage.StartAnother()];
        await stage.Post(Enumerable.Range(0, count).Select(i => Load.Failure($"claim-{i}")));
        await Eventually.Is(async () => (await stage.Get("/api/v1/exceptions?take=1"))["total"]!.GetValue<int>() == count, "each failure is an exception", explain: () => Task.FromResult(stage.ConsoleTail()));
        var keys = await Keys(stage);
        var told = 0;

        foreach (var name in await Names(stage))
        {
            var answers = await Task.WhenAll(keys.Select((key, i) => Claim(nodes[i % nodes.Length], name, key)));

            var winner = Assert.Single(answers, answer => answer.Status is HttpStatusCode.OK).Said["by"]!["name"]!.GetValue<string>();
            Assert.All(answers.Where(answer => answer.Status is not HttpStatusCode.OK), answer =>
            {
                Assert.Equal(HttpStatusCode.Conflict, answer.Status);
                Assert.StartsWith($"{winner} holds this exception since ", answer.Said["detail"]!.GetValue<string>(), StringComparison.Ordinal);
            });
            Assert.Equal(winner, (await stage.Get($"/api/v1/exceptions/{name}"))["holder"]!["name"]!.GetValue<string>());
            told += answers.Length - 1;
        }

        return $"{count:N0} exceptions, {Claimants} claims at once on each over 2 nodes: {count:N0} owners, {told:N0} told who; 0 with two";
    });

    private static async Task<IReadOnlyList<string>> Names(Stage stage)
    {
        var names = new List<string>();
        string? next = null;
        do
        {
            var page = await stage.Get($"/api/v1/exceptions?state=open&take=500{(next is null ? "" : $"&after={Uri.EscapeDataString(next)}")}");
            names.AddRange(page["items"]!.AsArray().Select(item => item!["name"]!.GetValue<string>()));
            next = page["next"]?.GetValue<string>();
        }
        while (next is not null);
        return names;
    }

    /// <summary>A source of its own for each: fifty actors, not one with fifty windows.</summary>
    private static async Task<string[]> Keys(Stage stage)
    {
        var keys = new List<string>();
        for (var i = 0; i < Claimants; i++)
        {
            using var made = await stage.Api.PostAsJsonAsync(new Uri("/api/v1/sources", UriKind.Relative), new { name = $"claimant-{i}", scopes = new[] { "api" } });
            made.EnsureSuccessStatusCode();
            var id = await made.Content.ReadFromJsonAsync<Guid>();
            using var key = await stage.Api.PostAsync(new Uri($"/api/v1/sources/{id}/keys", UriKind.Relative), null);
            key.EnsureSuccessStatusCode();
            keys.Add((await key.Content.ReadFromJsonAsync<JsonObject>())!["key"]!.GetValue<string>());
        }

        return [.. keys];
    }

    private static async Task<(HttpStatusCode Status, JsonObject Said)> Claim(Node node, string name, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/v1/exceptions/{name}/claim", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await node.Api.SendAsync(request);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonObject>())!);
    }
}
