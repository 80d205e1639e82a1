using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

public class Steward_works_on_causes
{
    [Fact]
    public async Task What_sets_a_cause_apart_is_a_sentence_and_causes_are_merged_split_and_given_back()
    {
        await using var stage = await Stage.Start();
        await using var browser = await Browser.Open();
        for (var i = 0; i < 30; i++)
        {
            await stage.Refuse("EMEA", $"INV-{i}", 1_000m, "EUR", "VAT_WRONG", new { tranId = $"INV-{i}", memo = "x" }, region: i < 20 ? "DE" : "FR");
            await stage.Refuse("EMEA", $"OK-{i}", 1_000m, "EUR", payload: new { tranId = $"OK-{i}", memo = "x", taxCode = "T1" }, outcome: "succeeded", region: i < 20 ? "DE" : "FR");
        }

        await stage.Refuse("EMEA", "INV-90", 500m, "EUR", "VAT_ABSENT");
        var ines = await browser.WindowOf(stage, People.Steward, "/worklist");
        await ines.ShowNewsUntil("INV-90");
        await ines.Open("/causes");
        var large = ines.Locator("table.causes tbody tr").First;
        await Expect(large).ToContainTextAsync("30");
        await large.Locator("td").Nth(2).ClickAsync();
        await Expect(ines.Locator(".apart li").First).ToContainTextAsync(new Regex(@"All of them lack the tax code, none of the healthy ones: EUR\s?30,000\.00\."));
        await ines.Picture("causes-explained");

        // Two that are one.
        foreach (var box in await ines.Locator("table.causes tbody .cb").AllAsync())
        {
            await box.ClickAsync();
        }

        await ines.GetByRole(AriaRole.Button, new() { Name = "Merge 2" }).ClickAsync();
        await ines.GetByLabel("Why they are one").FillAsync("the same feed");
        await ines.Locator("dialog[open]").GetByRole(AriaRole.Button, new() { Name = "Merge" }).ClickAsync();
        await Expect(ines.Locator("table.causes tbody tr")).ToHaveCountAsync(1);
        await Expect(ines.Locator("table.causes tbody tr").First).ToContainTextAsync("31");

        // And back.
        await ines.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await Expect(ines.Locator("table.causes tbody tr")).ToHaveCountAsync(2);
        await Expect(ines.Locator(".moves summary")).ToContainTextAsync("1 taken back");
    }

    [Fact]
    public async Task All_of_a_cause_are_claimed_at_once_and_each_says_what_came_of_it()
    {
        await using var stage = await Stage.Start();
        await using var browser = await Browser.Open();
        for (var i = 0; i < 5; i++)
        {
            await stage.Refuse("EMEA", $"INV-{i}", 1_000m, "EUR");
        }

        var tom = await browser.WindowOf(stage, People.StewardOfEmea, "/worklist");
        await tom.ShowNewsUntil("INV-4");
        await tom.ShowNewsUntil("INV-3");
        await tom.RowOf("INV-3").Locator("td").Nth(2).ClickAsync();
        await tom.Keyboard.PressAsync("c");
        await Expect(tom.RowOf("INV-3")).ToContainTextAsync("Claimed");

        var ines = await browser.WindowOf(stage, People.Steward, "/causes");
        await ines.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Claim all") }).ClickAsync();

        await Expect(ines.Locator("dialog[open] h2")).ToHaveTextAsync("4 of 5 exceptions claimed");
        await Expect(ines.Locator("dialog[open] li").First).ToContainTextAsync("Tom Okafor holds this exception");
    }
}
