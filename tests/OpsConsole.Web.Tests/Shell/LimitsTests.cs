using System.Net;
using OpsConsole.Basics;
using OpsConsole.Web.Tests.Intake;

namespace OpsConsole.Web.Tests.Shell;

/// <summary>A console whose limits are so low that a test meets them.</summary>
public sealed class NarrowConsole : LiveConsole
{
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Limits__RequestsPerSecond"] = "1",
        ["Limits__Burst"] = "5",
        ["Limits__ExportsPerMinute"] = "3",
    };
}

/// <summary>One who asks for too much is told to come again; others and senders are not held up.</summary>
public sealed class LimitsTests(NarrowConsole console) : IClassFixture<NarrowConsole>
{
    [Fact]
    public async Task Too_many_requests_from_one_address_are_told_when_to_come_again_and_programs_are_not_held_up()
    {
        using var anonymous = new HttpClient { BaseAddress = new Uri(console.Url) };

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => anonymous.GetAsync(new Uri("/sign-in", UriKind.Relative))));

        var refused = answers.Where(answer => answer.StatusCode is HttpStatusCode.TooManyRequests).ToList();
        Assert.NotEmpty(refused);
        Assert.Contains(answers, answer => answer.StatusCode is HttpStatusCode.OK);
        Assert.All(refused, answer => Assert.True(answer.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1)));
        foreach (var path in new[] { "/api/v1/intake", "/livez", "/api/v1/sources" })
        {
            using var answer = await console.Http.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("/api/v1/intake")]
    [InlineData("/v1/events")]
    public async Task Who_guesses_keys_is_told_to_stop(string path)
    {
        using var guesser = new HttpClient { BaseAddress = new Uri(console.Url) };

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(async _ =>
        {
            using var guess = new HttpRequestMessage(path.StartsWith("/v1", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get, path);
            guess.Headers.Add("X-Api-Key", $"ock_{Guid.NewGuid():n}");
            using var answer = await guesser.SendAsync(guess);
            return answer.StatusCode;
        }));

        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.All(answers, answer => Assert.True(answer is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests, $"{answer}"));
    }

    [Fact]
    public async Task Who_forges_web_hooks_is_told_to_stop_and_does_not_use_up_the_pace_of_the_source()
    {
        var (_, secret) = await console.AddHook("forged", pace: 1);
        var forged = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => console.SendHook("forged", WebhookSignature.NewSecret(), $"f_{i}", "{}")));
        var right = await console.SendHook("forged", secret, "right", "{}");
        while (right.Status is HttpStatusCode.TooManyRequests)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            right = await console.SendHook("forged", secret, "right", "{}");
        }

        Assert.Contains(forged, answer => answer.Status is HttpStatusCode.TooManyRequests);
        Assert.All(forged, answer => Assert.True(answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests, $"{answer.Status}"));
        Assert.Equal(HttpStatusCode.Accepted, right.Status);
        Assert.DoesNotContain("\"rate\"", (await console.Get("/api/v1/sources"))["items"]!.AsArray().Single(row => (string?)row!["name"] == "forged")!["turnedAway"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_many_rows_are_limited_by_the_minute()
    {
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 8; i++)
        {
            using var answer = await console.Http.GetAsync(new Uri("/worklist.csv", UriKind.Relative));
            statuses.Add(answer.StatusCode);
        }

        Assert.Contains(HttpStatusCode.OK, statuses);
        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
    }
}
