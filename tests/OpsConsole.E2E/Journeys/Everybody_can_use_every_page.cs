using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace OpsConsole.E2E.Journeys;

public class Everybody_can_use_every_page
{
    private static readonly AxeRunOptions s_rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    [Fact]
    public async Task Axe_finds_no_fault_on_any_page_in_light_and_dark()
    {
        await using var stage = await Stage.Start(Company.Quiet);
        await using var browser = await Browser.Open();
        var invoice = await stage.RefuseInvoice("EMEA", 4_000m);
        var faults = new List<string>();
        foreach (var dark in new[] { false, true })
        {
            var ines = await browser.WindowOf(stage, People.Steward, "/worklist", dark);
            await ines.ShowNewsUntil(invoice.Id);
            var exception = await ines.RowOf(invoice.Id).Locator("a.lead").GetAttributeAsync("href");
            await Look(ines, dark, faults, [exception!, $"/objects/invoice/{invoice.Id}", "/search?q=INV"]);
            await Look(await browser.WindowOf(stage, People.Administrator, "/", dark), dark, faults, []);
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    // Whatever the navigation offers to this person, and what is behind it.
    private static async Task Look(IPage page, bool dark, List<string> faults, IEnumerable<string> behind)
    {
        var offered = await page.Locator("nav.nav .links a").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");
        foreach (var path in offered.Concat(behind).Distinct())
        {
            await page.Open(path);
            var seen = await page.RunAxe(s_rules);
            faults.AddRange(
                from fault in seen.Violations
                from node in fault.Nodes
                select $"{path} {(dark ? "dark" : "light")}: {fault.Id} at {node.Target}: {node.Html}");
        }
    }
}
