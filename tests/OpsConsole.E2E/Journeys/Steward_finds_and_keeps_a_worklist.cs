using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

public class Steward_finds_and_keeps_a_worklist
{
    [Fact]
    public async Task A_search_is_typed_kept_as_a_view_shared_and_found_again_and_the_file_says_what_the_screen_says()
    {
        await using var stage = await Stage.Start();
        await using var browser = await Browser.Open();
        await stage.Refuse("EMEA", "INV-1", 4_000.10m, "EUR");
        await stage.Refuse("EMEA", "INV-2", 250m, "EUR");
        await stage.Refuse("AMER", "INV-3", 9_000m, "EUR");
        var ines = await browser.WindowOf(stage, People.Steward, "/worklist");
        foreach (var id in (string[])["INV-1", "INV-2", "INV-3"])
        {
            await ines.ShowNewsUntil(id);
        }

        // By keyboard alone: f, the search, Enter.
        await ines.Keyboard.PressAsync("f");
        await ines.Keyboard.TypeAsync("unit:EMEA amount:>1000 AND");
        await ines.Keyboard.PressAsync("Enter");
        await Expect(ines.Locator("#list-search-fault")).ToContainTextAsync("missing at the end");
        await ines.Keyboard.TypeAsync(" NOT mine");
        await ines.Keyboard.PressAsync("Enter");
        await Expect(ines.Locator(".bar .total")).ToContainTextAsync("1 exception");
        await Expect(ines.RowOf("INV-1")).ToHaveCountAsync(1);
        Assert.Contains("q=", ines.Url, StringComparison.Ordinal);

        // Another column, another order; all of it is in the address and so in the view.
        await ines.GetByLabel("Columns", new() { Exact = true }).First.ClickAsync();
        await ines.GetByRole(AriaRole.Checkbox, new() { Name = "Region" }).CheckAsync();
        await Expect(ines.Locator("th", new() { HasText = "Region" })).ToHaveCountAsync(1);
        await ines.Locator(".menu.views > summary").ClickAsync();
        await ines.GetByLabel("Keep what you see as").FillAsync("Large in EMEA");
        await ines.GetByLabel("Share it with everybody").CheckAsync();
        await ines.GetByRole(AriaRole.Button, new() { Name = "Save view" }).ClickAsync();
        await Expect(ines.Locator(".menu.views > summary")).ToContainTextAsync("Large in EMEA");

        var tom = await browser.WindowOf(stage, People.StewardOfEmea, "/worklist");
        await tom.Locator(".menu.views > summary").ClickAsync();
        await tom.GetByRole(AriaRole.Link, new() { Name = "Large in EMEA" }).ClickAsync();
        await Expect(tom.Locator(".bar .total")).ToContainTextAsync("1 exception");
        await Expect(tom.Locator("th", new() { HasText = "Region" })).ToHaveCountAsync(1);

        // The file has the rows, the columns and the cents of the screen.
        await ines.Open("/worklist?unit=EMEA");
        var download = await ines.RunAndWaitForDownloadAsync(() => ines.GetByLabel("Download this list as CSV").ClickAsync());
        var lines = (await File.ReadAllTextAsync(await download.PathAsync())).Trim().Split("\r\n");
        var counted = lines.Skip(1).Sum(line => decimal.Parse(line[(line.LastIndexOf(',') + 1)..], CultureInfo.InvariantCulture));
        Assert.EndsWith(",counted in EUR", lines[0], StringComparison.Ordinal);
        Assert.Equal(3, lines.Length);
        Assert.Equal(4_250.10m, counted);
        await Expect(ines.RowOf("INV-1").Locator("td.num")).ToContainTextAsync("4,000.10");
        await ines.Picture("worklist-view");
    }

    [Fact]
    public async Task The_order_by_rank_explains_itself()
    {
        await using var stage = await Stage.Start();
        await using var browser = await Browser.Open();
        await stage.Refuse("EMEA", "INV-1", 400m, "EUR");
        await stage.Refuse("EMEA", "INV-2", 9_000m, "EUR");
        var ines = await browser.WindowOf(stage, People.Steward, "/worklist");
        await ines.ShowNewsUntil("INV-1");
        await ines.ShowNewsUntil("INV-2");

        await Expect(ines.Locator("table.t tbody tr").First).ToContainTextAsync("INV-2");
        var why = await ines.RowOf("INV-2").Locator("td.num").First.GetAttributeAsync("title");
        Assert.Matches(new Regex("EUR 9,000.00 at risk × .*counts double"), why!);
    }
}

/// <summary>Failures that are sent as any sender sends them.</summary>
internal static class SentFailures
{
    public static async Task Refuse(this Stage stage, string unit, string id, decimal amount, string currency, string code = "TAX_PROFILE_MISSING", object? payload = null, string outcome = "failed", string region = "DE")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/events", UriKind.Relative))
        {
            Content = JsonContent.Create(new
            {
                specversion = "1.0", id = $"{id}/{outcome}", source = "urn:journeys", type = "opsconsole.sync.v1", time = "2026-10-30T09:30:00Z",
                data = new
                {
                    entity = new { type = "invoice", id }, system = "netsuite", operation = "create", outcome, businessUnit = unit, region, amount, currency,
                    error = outcome == "failed" ? new { code, category = "validation", message = $"Refused {id}" } : null, payload = payload ?? new { tranId = id },
                },
            }),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json");
        using var answer = await stage.Api.SendAsync(request);
        Assert.Equal(202, (int)answer.StatusCode);
        Assert.Contains("\"accepted\":1", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
