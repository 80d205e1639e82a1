using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace OpsConsole.Web.Tests.Intake;

/// <summary>What a key may not: come from elsewhere, come too often, outlive its revocation. And it tells when it was last used.</summary>
public sealed class KeyRulesTests(LiveConsole console) : IClassFixture<LiveConsole>
{
    private static readonly string[] s_paths = ["/v1/events", "/api/v1/intake"];

    [Fact]
    public async Task A_key_that_is_used_from_an_address_that_is_not_listed_is_refused_and_counted()
    {
        var (id, _, elsewhere) = await Keyed("elsewhere", addresses: ["203.0.113.0/24", "2001:db8::7"]);
        var (_, _, here) = await Keyed("here", addresses: ["127.0.0.0/8"]);

        Assert.All(await Ask(elsewhere), status => Assert.Equal(HttpStatusCode.Forbidden, status));
        Assert.All(await Ask(here), status => Assert.True((int)status < 300, $"{status}"));
        await console.Eventually("/api/v1/sources", list => Row(list, id)["turnedAway"]!.ToJsonString().Contains("\"address\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_source_that_asks_too_often_is_told_to_come_again_at_intake_and_at_the_API()
    {
        var (id, _, busy) = await Keyed("busy", pace: 2);

        foreach (var path in s_paths)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Send(busy, path)));
            Assert.Contains(answers, answer => answer.StatusCode is HttpStatusCode.TooManyRequests && answer.Headers.RetryAfter?.Delta == TimeSpan.FromSeconds(1));
        }

        await console.Eventually("/api/v1/sources", list => Row(list, id)["turnedAway"]!.ToJsonString().Contains("\"rate\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_tells_when_and_from_where_it_was_last_used_and_dies_with_its_revocation()
    {
        var (id, keyId, key) = await Keyed("used");
        await Ask(key);

        await console.Eventually("/api/v1/sources", list => (string?)Row(list, id)["keys"]![0]!["usedFrom"] == "127.0.0.1" && Row(list, id)["keys"]![0]!["usedAt"] is not null);
        using var revoked = await console.Http.DeleteAsync(new Uri($"/api/v1/keys/{keyId}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        Assert.All(await Ask(key), status => Assert.Equal(HttpStatusCode.Unauthorized, status));
    }

    [Theory]
    [InlineData("{\"name\": \"wrong-a\", \"scopes\": [\"events\"], \"addresses\": [\"300.1.1.1\"]}", "addresses")]
    [InlineData("{\"name\": \"wrong-b\", \"scopes\": [\"events\"], \"requestsPerSecond\": 0}", "requestsPerSecond")]
    public async Task What_is_no_address_and_no_pace_is_told(string body, string field)
    {
        using var answer = await console.Http.PostAsync(new Uri("/api/v1/sources", UriKind.Relative), new StringContent(body, null, "application/json"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(field, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<(string Id, string KeyId, string Key)> Keyed(string name, string[]? addresses = null, int? pace = null)
    {
        using var made = await console.Http.PostAsJsonAsync("/api/v1/sources", new { name, scopes = new[] { "events", "api" }, addresses, requestsPerSecond = pace });
        var id = (await made.Content.ReadFromJsonAsync<string>())!;
        using var key = await console.Http.PostAsJsonAsync($"/api/v1/sources/{id}/keys", new { });
        var body = (await key.Content.ReadFromJsonAsync<JsonObject>())!;
        return (id, (string)body["id"]!, (string)body["key"]!);
    }

    private async Task<IReadOnlyList<HttpStatusCode>> Ask(string key)
    {
        var statuses = new List<HttpStatusCode>();
        foreach (var path in s_paths)
        {
            using var answer = await Send(key, path);
            statuses.Add(answer.StatusCode);
        }

        return statuses;
    }

    private async Task<HttpResponseMessage> Send(string key, string path)
    {
        using var request = path.StartsWith("/v1/", StringComparison.Ordinal)
            ? new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("[]", null, "application/cloudevents-batch+json") }
            : new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var client = new HttpClient { BaseAddress = new Uri(console.Url) };
        return await client.SendAsync(request);
    }

    private static JsonNode Row(JsonObject list, string id) => list["items"]!.AsArray().Single(row => (string?)row!["id"] == id)!;
}
