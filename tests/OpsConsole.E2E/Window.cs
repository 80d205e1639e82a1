using Microsoft.Playwright;

namespace OpsConsole.E2E;

/// <summary>The demo people, who exist on every stage; their password is <see cref="Stage.Password"/>.</summary>
public static class People
{
    public const string Steward = "steward@demo.local";

    /// <summary>A steward who sees one unit only.</summary>
    public const string StewardOfEmea = "steward.emea@demo.local";
    public const string Approver = "approver@demo.local";
    public const string Executive = "executive@demo.local";
    public const string Support = "support@demo.local";
    public const string Administrator = "administrator@demo.local";
}

/// <summary>What a person does in a window, whatever the page.</summary>
internal static class Window
{
    /// <summary>A window of somebody who has signed in and looks at <paramref name="path"/>.</summary>
    public static async Task<IPage> WindowOf(this Browser browser, Stage stage, string person, string path = "/", bool dark = false)
    {
        var page = await browser.Window(stage, dark);
        await page.SignIn(person, path);
        return page;
    }

    /// <summary>Signs in by the form and ends on <paramref name="path"/>.</summary>
    public static async Task SignIn(this IPage page, string person, string path = "/")
    {
        await page.GotoAsync($"/sign-in?returnUrl={Uri.EscapeDataString(path)}");
        await page.GetByLabel("E-mail").FillAsync(person);
        await page.GetByLabel("Password").FillAsync(Stage.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        await page.Settled();
    }

    /// <summary>Goes to an address and waits until the page shows what it has.</summary>
    public static async Task Open(this IPage page, string path)
    {
        await page.GotoAsync(path);
        await page.Settled();
    }

    /// <summary>The page is alive (it is not drawn before its circuit stands) and no skeleton is left of what was still on its way.</summary>
    public static async Task Settled(this IPage page)
    {
        await page.Locator("#content").WaitForAsync();
        await page.WaitForFunctionAsync("() => !document.querySelector('#content .skel')");
    }
}
