using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Journeys;

public class Support_finds_an_invoice_by_key
{
    [Fact]
    public async Task From_the_key_to_the_object_its_transaction_its_trace_and_its_exception()
    {
        await using var stage = await Stage.Start(Company.Quiet);
        var refused = await stage.RefuseInvoice("EMEA", 5200m);
        await using var browser = await Browser.Open();
        var daniel = await browser.WindowOf(stage, People.Support, "/transactions");
        await Eventually.Is(async () => await Traces(stage, refused.Id) > 0, "the spans and the exception of the invoice have come");

        await daniel.Locator("#search").FillAsync(refused.Id);
        await daniel.Keyboard.PressAsync("Enter");
        await daniel.WaitForURLAsync($"**/objects/invoice/{refused.Id}");
        await daniel.Settled();
        Assert.Contains("refused by NetSuite", await daniel.Locator(".hero h1").InnerTextAsync(), StringComparison.Ordinal);
        await daniel.Picture("object");

        await daniel.Locator("a[href^='/transactions/order-to-cash/']").First.ClickAsync();
        await daniel.Locator("ol.ms").WaitForAsync();
        Assert.Contains(refused.Id, await daniel.Locator("table.t").InnerTextAsync(), StringComparison.Ordinal);
        await daniel.Picture("transaction");

        await daniel.Locator("table.traces tr").Filter(new() { Has = daniel.Locator(".bad") }).First.GetByRole(AriaRole.Link).ClickAsync();
        await daniel.Locator(".wf .er0").First.WaitForAsync();
        Assert.Contains(refused.Id, await daniel.Locator(".hero").InnerTextAsync(), StringComparison.Ordinal);
        await daniel.Picture("trace");

        await daniel.Locator(".wf .r").Filter(new() { Has = daniel.Locator(".logcount") }).First.ClickAsync();
        await daniel.GetByRole(AriaRole.Tab, new() { NameRegex = new Regex("^Logs [0-9]+$") }).ClickAsync();
        await daniel.Locator(".logged .said").GetByText($"refused invoice {refused.Id}").First.WaitForAsync();
        await daniel.Picture("trace-logs");

        await daniel.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^EX-[0-9]+$") }).First.ClickAsync();
        await daniel.WaitForURLAsync(new Regex("/exceptions/"));
        await daniel.Locator("#content").GetByText(refused.Id).First.WaitForAsync();
    }

    [Fact]
    public async Task The_lists_of_support_show_a_busy_company_in_both_themes()
    {
        await using var stage = await Stage.Start(new StageSettings { WithCompany = true });
        await using var browser = await Browser.Open();
        var daniel = await browser.WindowOf(stage, People.Support, "/transactions");
        await Eventually.Is(async () => (await stage.Get("/api/v1/traces?errors=yes"))["total"]!.GetValue<int>() > 3, "some traces failed", TimeSpan.FromMinutes(2));

        foreach (var (path, name) in new[]
        {
            ("/transactions", "transactions"), ("/objects", "objects"), ("/objects?disagrees=yes", "objects-disagree"), ("/traces", "traces"), ("/search?q=SO-1000", "search"),
        })
        {
            await daniel.Open(path);
            await daniel.Picture(name);
        }
    }

    private static async Task<int> Traces(Stage stage, string invoice)
    {
        var traces = await stage.Get($"/api/v1/traces?q={invoice}&errors=yes");
        var exceptions = await stage.Get($"/api/v1/exceptions?q={invoice}");
        return Math.Min(traces["total"]!.GetValue<int>(), exceptions["total"]!.GetValue<int>());
    }
}
