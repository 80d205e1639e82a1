using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpsConsole.Sources;
using OpsConsole.Web.Sources;
using OpsConsole.Web.Tests.Intake;

namespace OpsConsole.Web.Tests.Sources;

/// <summary>What the console tells senders to send, it takes.</summary>
public sealed class SourceSnippetsTests(LiveConsole console) : IClassFixture<LiveConsole>
{
    [Fact]
    public async Task The_event_of_the_snippets_is_taken_in_and_found()
    {
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(SourceSnippets.Event));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json");

        using var answer = await console.Http.PostAsync(new Uri("/v1/events", UriKind.Relative), body);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(1, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["accepted"]!.GetValue<int>());
        await console.Eventually(
            "/api/v1/search?q=invoice:INV-4711",
            found => found["events"]!["total"]!.GetValue<long>() == 1 && found["exceptions"]!["total"]!.GetValue<long>() == 1 && found["events"]!["items"]![0]!["traceId"]!.GetValue<string>() == "4bf92f3577b34da6a3ce929d0e0e4736");
    }

    [Fact]
    public void Every_language_has_both_and_its_event_is_the_one()
    {
        var told = JsonElement.Parse(SourceSnippets.Event).GetRawText().Split('\n').Select(line => line.Trim()).ToList();

        Assert.All(SourceSnippets.Languages, language =>
        {
            Assert.Equal(told, SourceSnippets.Of(language, ConformanceChecks.Events).Split('\n').Select(line => line.Trim().Replace("const event = {", "{", StringComparison.Ordinal).Replace("};", "}", StringComparison.Ordinal)).SkipWhile(line => line != "{").Take(told.Count));
            Assert.Contains("biz.invoice.id", SourceSnippets.Of(language, ConformanceChecks.Spans), StringComparison.Ordinal);
            Assert.Contains("biz.business_unit", SourceSnippets.Of(language, ConformanceChecks.Spans), StringComparison.Ordinal);
        });
    }
}
