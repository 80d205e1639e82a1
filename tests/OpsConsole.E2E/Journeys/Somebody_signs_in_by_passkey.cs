using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

public class Somebody_signs_in_by_passkey
{
    private static readonly StageSettings s_strict = new()
    {
        Environment = new Dictionary<string, string> { ["SignIn__SecondFactor"] = "ApproversAndAdministrators", ["SignIn__ConfirmMinutes"] = "0.05" },
    };

    [Fact]
    public async Task Who_must_have_a_second_factor_enrols_a_passkey_first_and_comes_in_by_it_from_then_on()
    {
        await using var stage = await Stage.Start(s_strict);
        await using var browser = await Browser.Open();

        // WebAuthn knows names, not addresses.
        var page = await browser.Window(new UriBuilder(stage.Url) { Host = "localhost" }.Uri);
        await WithAuthenticator(page);
        await page.GotoAsync("/sign-in?returnUrl=%2Fworklist");
        await page.GetByLabel("E-mail").FillAsync(People.Approver);
        await page.GetByLabel("Password").FillAsync(Stage.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        // Nothing else is drawn before that, and the API gives nothing either.
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "One more thing before you begin" })).ToBeVisibleAsync();
        Assert.Equal(403, (await page.APIRequest.GetAsync("/api/v1/exceptions")).Status);
        await page.GetByLabel("Name of a new one").FillAsync("Laptop");
        await page.WaitForTimeoutAsync(3_500);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await page.GetByLabel("Your password").FillAsync(Stage.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await Expect(page.GetByText("Laptop")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await page.WaitForURLAsync("**/worklist");
        await page.Settled();

        await page.Locator(".who summary").Last.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.WaitForURLAsync("**/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        await page.Settled();

        // What counts asks once more, and the passkey answers there too.
        await page.Open("/account");
        await Expect(page.Locator(".sessions li").Filter(new() { HasText = "by passkey" })).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename Laptop" }).ClickAsync();
        await page.GetByLabel("New name of Laptop").FillAsync("Work laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Work laptop", new() { Exact = true })).ToBeVisibleAsync();
        await page.WaitForTimeoutAsync(3_500);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove Work laptop" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await Expect(page.GetByText("Work laptop", new() { Exact = true })).ToHaveCountAsync(0);
    }

    private static async Task WithAuthenticator(IPage page)
    {
        var chromium = await page.Context.NewCDPSessionAsync(page);
        await chromium.SendAsync("WebAuthn.enable");
        await chromium.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
