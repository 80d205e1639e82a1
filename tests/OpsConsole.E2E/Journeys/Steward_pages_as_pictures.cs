using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OpsConsole.E2E.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

public class Steward_pages_as_pictures
{
    [Fact]
    public async Task Every_page_of_a_steward_shows_a_busy_company_in_both_themes()
    {
        // Nobody else works here: what is opened next is still nobody's.
        await using var stage = await Stage.Start(new StageSettings { WithCompany = true, Environment = new Dictionary<string, string> { ["Simulator__NightDesk"] = "false" } });
        await using var browser = await Browser.Open();
        var ines = await browser.WindowOf(stage, People.Steward, "/worklist");
        await Eventually.Is(async () => await Count(ines) >= 10, "the worklist is full", TimeSpan.FromMinutes(5));

        await ines.RowOf("INV-").Nth(2).Locator("td").Nth(2).ClickAsync();
        await ines.Keyboard.PressAsync("c");
        // A list that was still on its way moves the rows, and the cursor with its row.
        await Expect(ines.Locator("table.t tbody tr.cursor")).ToContainTextAsync("Claimed");
        await ines.RowOf("INV-").Nth(4).GetByRole(AriaRole.Checkbox).ClickAsync();
        await ines.RowOf("INV-").Nth(6).GetByRole(AriaRole.Checkbox).ClickAsync();
        await Expect(ines.Locator(".bulk")).ToContainTextAsync("2 selected");
        await ines.Picture("worklist");

        await ines.RowOf("No tax profile").Filter(new() { HasText = "Nobody" }).First.Locator("a.lead").ClickAsync();
        await Expect(ines.Locator(".hero h1")).ToBeVisibleAsync();
        await ines.Settled();
        await ines.Locator(".bar.acts").GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Claim") }).ClickAsync();
        await Expect(ines.Locator(".track .now")).ToContainTextAsync("Claimed");

        await ines.Locator(".fail select").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Expect(ines.Locator(".dff .p")).ToHaveCountAsync(1);
        await ines.Picture("exception");
        foreach (var (path, name) in new[] { ("/", "home"), ("/causes", "causes"), ("/rules", "rules"), ("/targets", "targets") })
        {
            await ines.Open(path);
            await Expect(ines.Locator("#content :is(table, .hero, .blank)").First).ToBeVisibleAsync();
            await ines.Picture(name);
        }
    }

    private static async Task<int> Count(IPage page)
    {
        await page.Keyboard.PressAsync("n");
        return await page.Locator("table.t tbody tr").CountAsync();
    }
}
