using Microsoft.Playwright;
using OpsConsole.E2E.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

public class Somebody_signs_in_through_the_company
{
    [Fact]
    public async Task Groups_give_roles_anew_at_each_sign_in_and_who_is_in_none_stays_out()
    {
        await using var company = new CompanyProvider();
        await using var stage = await Stage.Start(new StageSettings { Environment = company.Settings });
        await company.Start(stage.Url);
        await using var browser = await Browser.Open();
        await company.Tell("ines", "finance-emea", "football");

        var first = await Enter(browser, stage, "ines");
        await first.WaitForURLAsync("**/worklist");
        await first.Settled();
        await Expect(first.Locator(".who .name")).ToContainTextAsync("ines of the company");
        await Expect(first.Locator(".who .name")).ToContainTextAsync("EMEA");

        await company.Tell("ines", "controllers");
        var second = await Enter(browser, stage, "ines");
        await second.WaitForURLAsync("**/worklist");
        await second.Settled();
        await Expect(second.Locator(".who .name")).ToContainTextAsync("All units");

        var stranger = await Enter(browser, stage, "mallory");
        await Expect(stranger.GetByRole(AriaRole.Alert).First).ToContainTextAsync("none of your groups gives you a role here");

        var administrator = await browser.WindowOf(stage, People.Administrator, "/access");
        await Expect(administrator.GetByText("ines@company.example")).ToBeVisibleAsync();
        await Expect(administrator.GetByText("mallory@company.example")).ToHaveCountAsync(0);
        await administrator.Open("/audit");
        await Expect(administrator.GetByText("Steward in EMEA → Approver in all units").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_was_begun_in_one_browser_cannot_be_ended_in_another()
    {
        await using var company = new CompanyProvider();
        await using var stage = await Stage.Start(new StageSettings { Environment = company.Settings });
        await company.Start(stage.Url);
        await using var browser = await Browser.Open();
        await company.Tell("mallory", "controllers");

        // An attacker signs in as themselves and keeps the way back, to lure somebody onto it.
        var attacker = await browser.Window(stage);
        string? back = null;
        attacker.Request += (_, request) => back = request.Url.Contains("/sign-in/company/back", StringComparison.Ordinal) ? request.Url : back;
        await Begin(attacker, "mallory");
        await attacker.WaitForURLAsync("**/worklist");

        var victim = await browser.Window(stage);
        await victim.GotoAsync(new Uri(back!).PathAndQuery);

        await Expect(victim.GetByRole(AriaRole.Alert).First).ToContainTextAsync("did not go through");
        await victim.GotoAsync("/worklist");
        await victim.WaitForURLAsync("**/sign-in**");
    }

    // The provider's own pages: a name, any password, and consent the first time.
    private static async Task<IPage> Enter(Browser browser, Stage stage, string name)
    {
        var page = await browser.Window(stage);
        await Begin(page, name);
        return page;
    }

    private static async Task Begin(IPage page, string name)
    {
        await page.GotoAsync("/sign-in?returnUrl=%2Fworklist");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in through Northwind" }).ClickAsync();
        await page.Locator("input[name=login]").FillAsync(name);
        await page.Locator("input[name=password]").FillAsync("whatever");
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("button[type=submit]", new() { HasText = "Continue" }).ClickAsync();
    }
}
