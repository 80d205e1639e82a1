using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OpsConsole.E2E.Infrastructure;
using OpsConsole.Kpis;

namespace OpsConsole.E2E.Journeys;

public partial class Executive_opens_a_numbers_rows
{
    [Fact]
    public async Task The_page_behind_each_number_holds_as_many_rows_as_the_number_says()
    {
        await using var stage = await Stage.Start(Company.Quiet);
        await stage.RefuseInvoice("EMEA", 5200m);
        await stage.RefuseInvoice("AMER", 910m);
        await using var browser = await Browser.Open();
        var clara = await browser.WindowOf(stage, People.Executive, "/board");
        await Eventually.Is(async () => await Cases(clara) == 2, "both refusals are on the board");

        await Follow(clara, clara.Locator("a.tile").Last, "Amount at risk");
        Assert.Equal(2, await clara.Locator(".tw.grow tbody tr").CountAsync());
        var file = await clara.Context.APIRequest.GetAsync(await clara.Locator("a[download]").EvaluateAsync<string>("link => link.href"));
        Assert.Equal(1 + 2, (await file.TextAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        await Follow(clara, clara.Locator("a.btn", new() { HasText = "In the worklist" }), "Worklist");
        Assert.Equal(2, await clara.Locator("table.t tbody tr").CountAsync());

        await clara.Open("/board");
        var backlog = Number(await clara.Locator("a.tile").Nth(3).Locator(".v").InnerTextAsync());
        await Follow(clara, clara.Locator("a.tile").Nth(3), "Reconciliation backlog");
        Assert.Equal(backlog, Number(await clara.Locator(".bar .total b").InnerTextAsync()));

        await clara.Open("/board");
        await Follow(clara, clara.Locator(".tilebox .defines").First, "Definitions");
        Assert.Equal(KpiCatalog.All.Count, await clara.Locator(".def").CountAsync());

        await clara.Open("/board");
        await Follow(clara, clara.Locator("a.figmain", new() { HasText = "Waiting for manual review" }), "Waiting for manual review");
        Assert.Equal(2, Number(await clara.Locator(".bar .total b").InnerTextAsync()));

        await clara.Open("/board");
        var reached = await clara.Locator(".funnel a.num").First.InnerTextAsync();
        await Follow(clara, clara.Locator(".funnel a.num").First, "Transactions");
        Assert.Equal(Number(reached), Number(await clara.Locator(".bar .total b").InnerTextAsync()));
    }

    [Fact]
    public async Task A_busy_companys_board_in_both_themes()
    {
        await using var stage = await Stage.Start(new StageSettings { WithCompany = true });
        await using var browser = await Browser.Open();
        var clara = await browser.WindowOf(stage, People.Executive, "/board");

        await Eventually.Is(async () => await Cases(clara) >= 10, "the board has something to tell", TimeSpan.FromMinutes(2));

        await clara.Picture("board");
    }

    private static async Task Follow(IPage page, ILocator link, string title)
    {
        await link.ClickAsync();
        await page.Locator(".crumbs", new() { HasText = title }).WaitForAsync();
        await page.Settled();
    }

    private static async Task<int> Cases(IPage page)
    {
        await page.Open("/board");
        var said = await page.Locator("a.tile").Last.Locator(".d").InnerTextAsync();
        return Number(Counted().Match(said).Value);
    }

    private static int Number(string text) =>
        int.Parse(Digits().Replace(text, "") is { Length: > 0 } digits ? digits : "0", CultureInfo.InvariantCulture);

    [GeneratedRegex("[0-9,]+ cases?")]
    private static partial Regex Counted();

    [GeneratedRegex("[^0-9]")]
    private static partial Regex Digits();
}
