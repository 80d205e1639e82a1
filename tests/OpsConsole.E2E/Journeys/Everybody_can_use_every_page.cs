using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using OpsConsole.E2E.Infrastructure;

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
        await stage.HasCase(invoice);
        var transaction = (string)(await stage.Get("/api/v1/transactions?flow=order-to-cash"))["items"]![0]!["lead"]!["id"]!;
        var faults = new List<string>();
        foreach (var dark in new[] { false, true })
        {
            var ines = await browser.WindowOf(stage, People.Steward, "/worklist", dark);
            await ines.ShowNewsUntil(invoice.Id);
            var exception = await ines.RowOf(invoice.Id).Locator("a.lead").GetAttributeAsync("href");
            var root = await browser.WindowOf(stage, People.Administrator, "/", dark);
            var policy = await Offered(root);

            var daniel = await browser.WindowOf(stage, People.Support, "/", dark);
            var clara = await browser.WindowOf(stage, People.Executive, "/", dark);

            // Who may change a page sees more of it than who reads it.
            await Look(root, dark, faults, policy);
            await Look(ines, dark, faults, [.. (await Offered(ines)).Except(policy), "/worklist", "/account", exception!, $"/objects/invoice/{invoice.Id}", "/search?q=INV", "/board/definitions", "/board/annotations", "/board/rows/amount-at-risk", "/board/rows/invoice-sync-lag"]);
            await Look(daniel, dark, faults, ["/sources/bootstrap", "/sources/check", "/search?q=status%3Aerror", "/search/differences?q=status%3Afailed&only=event", $"/transactions/order-to-cash/{transaction}", $"/twins/order-to-cash/{transaction}"]);
            await Look(clara, dark, faults, ["/close/EMEA", "/board/reports"]);
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    // Whatever the navigation offers to this person.
    private static Task<string[]> Offered(IPage page) => page.Locator("nav.nav .links a").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");

    private static async Task Look(IPage page, bool dark, List<string> faults, IEnumerable<string> paths)
    {
        foreach (var path in paths.Distinct())
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
