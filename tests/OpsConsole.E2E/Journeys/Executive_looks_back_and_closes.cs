using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Playwright;
using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Journeys;

public class Executive_looks_back_and_closes
{
    [Fact]
    public async Task Pages_files_and_programs_tell_what_was_known_at_a_moment_and_the_way_back_is_one_click()
    {
        await using var stage = await Stage.Start(Company.Quiet);
        var first = await stage.RefusedCase("EMEA", 5_200m);
        var moment = DateTimeOffset.UtcNow.AddSeconds(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        await Eventually.Is(() => Answers(stage, moment), "the moment is settled");
        await stage.RefusedCase("AMER", 910m);

        Assert.Equal(1, (int)(await stage.Get($"/api/v1/exceptions?asof={moment}"))["total"]!);
        Assert.Equal(2, (int)(await stage.Get("/api/v1/exceptions"))["total"]!);
        using (var refused = await stage.Api.PostAsJsonAsync(new Uri($"/api/v1/closes/EMEA/sign-offs?asof={moment}", UriKind.Relative), new { period = "2026-10" }))
        {
            Assert.True(refused.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.Forbidden, $"{refused.StatusCode}");
        }

        await using var browser = await Browser.Open();
        var clara = await browser.WindowOf(stage, People.Executive, $"/worklist?asof={moment}");
        await Past(clara);
        Assert.Equal(1, await clara.Locator("table.t tbody tr").CountAsync());
        await Assertions.Expect(clara.Locator("nav .links .n")).ToHaveCountAsync(0);
        await clara.Picture("past-worklist");

        // The file is of the same moment, and so is whatever a link leads to.
        var file = clara.Locator("a[href*='.csv']").First;
        var download = await clara.RunAndWaitForDownloadAsync(() => file.ClickAsync());
        Assert.Equal(1 + 1, (await File.ReadAllLinesAsync(await download.PathAsync())).Count(line => line.Length > 0));
        await clara.Locator("table.t tbody tr a.lead").First.ClickAsync();
        await clara.WaitForURLAsync(url => url.Contains(first, StringComparison.Ordinal) && url.Contains("asof=", StringComparison.Ordinal));
        await Past(clara);

        await clara.Open($"/board?asof={moment}");
        await Past(clara);
        Assert.Contains("1 case", await clara.Locator("a.tile").Last.Locator(".d").InnerTextAsync(), StringComparison.Ordinal);
        await clara.Locator(".banner.past .linkbtn").ClickAsync();
        await clara.WaitForURLAsync(url => !url.Contains("asof", StringComparison.Ordinal));
        await clara.Settled();
        Assert.Equal(0, await clara.Locator(".banner.past").CountAsync());
        await Assertions.Expect(clara.Locator("nav .links a[href='/worklist'] .n")).ToHaveTextAsync("2");
        await clara.Open("/board");
        Assert.Contains("2 case", await clara.Locator("a.tile").Last.Locator(".d").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_in_the_way_of_a_close_leads_to_its_rows_and_a_period_that_is_over_is_signed_off()
    {
        await using var stage = await Stage.Start(Company.Quiet);
        await stage.RefusedCase("EMEA", 5_200m);
        await using var browser = await Browser.Open();
        var month = DateTimeOffset.UtcNow.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var clara = await browser.WindowOf(stage, People.Executive, $"/close?period={month}");

        await clara.Locator("table.closes a", new() { HasTextRegex = new("^EMEA$") }).ClickAsync();
        await clara.Locator(".closehead").WaitForAsync();
        await clara.Picture("close");
        var block = clara.Locator(".tw.grow tbody tr", new() { Has = clara.Locator("a[href^='/worklist']") }).First;
        var said = await block.Locator("td.num").First.InnerTextAsync();
        await block.Locator("a").ClickAsync();
        await clara.Locator(".crumbs", new() { HasText = "Worklist" }).WaitForAsync();
        await clara.Settled();
        Assert.Equal(said, (await clara.Locator("table.t tbody tr").CountAsync()).ToString(CultureInfo.InvariantCulture));

        var over = DateTimeOffset.UtcNow.AddMonths(-1).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        await clara.Open($"/close/EMEA?period={over}");
        await clara.Locator("#close-note").FillAsync("agreed with the auditors");
        await clara.GetByRole(AriaRole.Button, new() { NameRegex = new("^Sign ") }).ClickAsync();
        await clara.Locator("h2", new() { HasText = "Clara" }).WaitForAsync();
        var close = await stage.Get($"/api/v1/closes/EMEA?period={over}");
        Assert.Equal("agreed with the auditors", (string?)close["signOffs"]![0]!["note"]);
    }

    private static Task Past(IPage page) => page.Locator(".banner.past").WaitForAsync();

    private static async Task<bool> Answers(Stage stage, string moment)
    {
        using var answer = await stage.Api.GetAsync(new Uri($"/api/v1/exceptions?asof={moment}", UriKind.Relative));
        return answer.StatusCode is HttpStatusCode.OK;
    }
}
