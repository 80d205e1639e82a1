using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Journeys;

/// <summary>Whoever may send facts may write anything into them. No page runs it.</summary>
public class An_attacker_writes_markup
{
    // Each would set this on the page that ran it, whatever kind of place it stands in.
    private const string Mark = "window.opsAttacked=1";
    private static readonly string s_text = $"<script>{Mark}</script><img src=x onerror=\"{Mark}\"><svg onload=\"{Mark}\">\"'><a href=\"javascript:{Mark}\">";

    [Fact]
    public async Task And_every_page_that_shows_it_shows_text()
    {
        await using var stage = await Stage.Start();
        await using var browser = await Browser.Open();
        await Send(stage);
        await Eventually.Is(async () => (await stage.Get("/api/v1/exceptions?q=attack"))["total"]!.GetValue<int>() > 0, "the exception is there", TimeSpan.FromMinutes(2));
        var name = (string)(await stage.Get("/api/v1/exceptions?q=attack"))["items"]![0]!["name"]!;
        var page = await browser.WindowOf(stage, People.Steward, "/worklist");
        var id = Uri.EscapeDataString($"attack {s_text}");

        foreach (var path in new[] { "/worklist", $"/exceptions/{name}", $"/objects/invoice/{id}", "/causes", $"/search?q={id}", "/transactions", "/traces", "/traces/0102030405060708090a0b0c0d0e0f11", "/board", "/map" })
        {
            await page.Open(path);
            Assert.False(await page.EvaluateAsync<bool>("() => 'opsAttacked' in window"), $"{path} ran what a fact said");
            Assert.Equal(0, await page.Locator("img[src=x], svg[onload], a[href^='javascript:']").CountAsync());
        }

        await page.Open($"/exceptions/{name}");
        await page.Locator("#content").GetByText("<script>").First.WaitForAsync();
    }

    private static async Task Send(Stage stage)
    {
        var fact = new JsonObject
        {
            ["specversion"] = "1.0", ["id"] = "attack-1", ["source"] = "/attack", ["type"] = "opsconsole.sync.v1", ["time"] = "2026-11-20T08:00:00Z",
            ["data"] = new JsonObject
            {
                ["entity"] = new JsonObject { ["type"] = "invoice", ["id"] = $"attack {s_text}" }, ["system"] = s_text[..40], ["operation"] = "create", ["outcome"] = "failed",
                ["state"] = s_text[..40], ["businessUnit"] = s_text[..40], ["amount"] = "10.00", ["currency"] = "EUR",
                ["links"] = new JsonArray(new JsonObject { ["type"] = "order", ["id"] = s_text }, new JsonObject { ["type"] = "customer", ["id"] = s_text }),
                ["attributes"] = new JsonObject { ["name"] = s_text, [s_text[..30]] = "x" },
                ["error"] = new JsonObject { ["code"] = "TAX_PROFILE_MISSING", ["message"] = s_text, ["attribute"] = s_text[..40] },
                ["payload"] = new JsonObject { ["tranId"] = s_text, [s_text] = s_text },
            },
        };
        using var batch = new StringContent(new JsonArray(fact).ToJsonString(), null, "application/cloudevents-batch+json");
        using var taken = await stage.Api.PostAsync(new Uri("/v1/events", UriKind.Relative), batch);
        Assert.Contains("\"accepted\":1", await taken.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var span = new JsonObject
        {
            ["traceId"] = "0102030405060708090a0b0c0d0e0f11", ["spanId"] = "0102030405060708", ["name"] = s_text, ["startTimeUnixNano"] = "1795162800000000000", ["endTimeUnixNano"] = "1795162801000000000",
            ["status"] = new JsonObject { ["code"] = 2, ["message"] = s_text },
            ["attributes"] = new JsonArray(new JsonObject { ["key"] = "biz.invoice.id", ["value"] = new JsonObject { ["stringValue"] = $"attack {s_text}" } }, new JsonObject { ["key"] = s_text, ["value"] = new JsonObject { ["stringValue"] = s_text } }),
        };
        using var traced = await stage.Api.PostAsJsonAsync("/v1/traces", new JsonObject { ["resourceSpans"] = new JsonArray(new JsonObject { ["scopeSpans"] = new JsonArray(new JsonObject { ["spans"] = new JsonArray(span) }) }) });
        traced.EnsureSuccessStatusCode();
    }
}
