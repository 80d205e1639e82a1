using Microsoft.Playwright;
using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Journeys;

public class Support_searches_all_facts
{
    [Fact]
    public async Task By_fields_that_are_suggested_kept_under_a_name_and_found_on_the_map_and_at_its_source()
    {
        await using var stage = await Stage.Start(Company.Quiet);
        var refused = await stage.RefuseInvoice("EMEA", 5200m);
        await using var browser = await Browser.Open();
        var daniel = await browser.WindowOf(stage, People.Support, "/search");
        await Eventually.Is(
            async () => (await stage.Get($"/api/v1/search?q=key:{refused.Id}"))["spans"]!["total"]!.GetValue<long>() > 0, "the spans of the invoice have come");

        var box = daniel.Locator("#list-search");
        await box.PressSequentiallyAsync("sta");
        await daniel.Locator("#fact-options [role=option]").First.WaitForAsync();
        await daniel.Keyboard.PressAsync("ArrowDown");
        await daniel.Keyboard.PressAsync("Enter");
        await Assertions.Expect(box).ToHaveValueAsync("status:");
        await box.FillAsync($"key:{refused.Id} status:error");
        await daniel.Keyboard.PressAsync("Enter");
        await daniel.Locator("section[aria-label=Exceptions]").WaitForAsync();
        foreach (var kind in new[] { "Exceptions", "Events", "Spans" })
        {
            Assert.True(await daniel.Locator($"section[aria-label={kind}] tbody tr").CountAsync() > 0, kind);
        }

        await daniel.Picture("search-fields");
        await daniel.Locator("details.views > summary").ClickAsync();
        await daniel.Locator("#wv-name").FillAsync("refused");
        await daniel.GetByRole(AriaRole.Button, new() { Name = "Save view" }).ClickAsync();
        await daniel.Locator("ul.viewlist a[href^='/search?']", new() { HasText = "refused" }).WaitForAsync();

        await daniel.Open("/map");
        await daniel.Locator("svg.map .system").First.WaitForAsync();
        await daniel.Picture("map");

        await daniel.Open("/sources/check");
        await daniel.GetByRole(AriaRole.Button, new() { Name = "Take an example" }).ClickAsync();
        await daniel.GetByRole(AriaRole.Button, new() { Name = "Judge it" }).ClickAsync();
        await daniel.GetByText("and lacks nothing").WaitForAsync();
        await daniel.Picture("sources-check");

        await daniel.Open("/sources");
        await daniel.Locator("table.t a.lead").First.ClickAsync();
        await daniel.Locator("table.conform").WaitForAsync();
        await daniel.Picture("source");
    }
}
