using Microsoft.Playwright;
using OpsConsole.Access;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

public class Somebody_signs_in_by_code
{
    private static readonly StageSettings s_quick = new() { Environment = new Dictionary<string, string> { ["SignIn__ConfirmMinutes"] = "0.05" } };

    [Fact]
    public async Task An_app_is_set_up_its_code_lets_in_and_a_session_is_ended_from_another_browser()
    {
        await using var stage = await Stage.Start(s_quick);
        await using var browser = await Browser.Open();
        var desk = await browser.WindowOf(stage, People.Steward, "/account");

        // Longer ago than the three seconds for which a sign-in counts here, so that it is asked once more.
        await desk.WaitForTimeoutAsync(3_500);
        await desk.GetByRole(AriaRole.Button, new() { Name = "Set up an app" }).ClickAsync();
        await desk.GetByLabel("Your password").FillAsync(Stage.Password);
        await desk.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        var key = string.Concat((await desk.Locator("#totp-key").InnerTextAsync()).Where(char.IsLetterOrDigit));
        var enrolled = Step();
        await desk.GetByLabel("Code that the app shows").FillAsync(Code(key));
        await desk.GetByRole(AriaRole.Button, new() { Name = "Use this app" }).ClickAsync();
        await Expect(desk.Locator("#recovery-codes li")).ToHaveCountAsync(10);
        var recovery = await desk.Locator("#recovery-codes li").First.InnerTextAsync();
        await desk.GetByRole(AriaRole.Button, new() { Name = "I have them" }).ClickAsync();

        var phone = await browser.Window(stage);
        await phone.GotoAsync("/sign-in?returnUrl=%2Fworklist");
        await phone.GetByLabel("E-mail").FillAsync(People.Steward);
        await phone.GetByLabel("Password").FillAsync(Stage.Password);
        await phone.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await phone.GetByLabel("Code of your authenticator app").FillAsync("000000");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(phone.GetByRole(AriaRole.Alert)).ToContainTextAsync("not right");
        await phone.GetByLabel("Code of your authenticator app").FillAsync(recovery);
        await phone.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await phone.WaitForURLAsync("**/worklist");
        await phone.Settled();

        // Nothing is clicked on the phone from here on.
        await desk.Open("/account");
        await Expect(desk.Locator(".sessions li")).ToHaveCountAsync(2);
        await desk.WaitForTimeoutAsync(3_500);
        await desk.Locator(".sessions li").Filter(new() { HasText = "password and code" }).GetByRole(AriaRole.Button).ClickAsync();
        await desk.GetByLabel("Your password").FillAsync(Stage.Password);
        await desk.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await Expect(desk.Locator(".sessions li")).ToHaveCountAsync(1);
        await phone.WaitForURLAsync("**/sign-in?returnUrl=%2Fworklist", new() { Timeout = 60_000 });

        // What the person signs in with changes only by all of it.
        while (Step() <= enrolled + 1)
        {
            await desk.WaitForTimeoutAsync(500);
        }

        await desk.GetByRole(AriaRole.Button, new() { Name = "Remove the app" }).ClickAsync();
        await desk.GetByLabel("Your password").FillAsync(Stage.Password);
        await desk.GetByLabel("Code of your authenticator app").FillAsync(Code(key));
        await desk.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await Expect(desk.GetByRole(AriaRole.Button, new() { Name = "Set up an app" })).ToBeVisibleAsync();
    }

    // What the app shows now; one that ends meanwhile is taken for half a minute more.
    private static string Code(string key) => Totp.Code(key, Step());

    private static long Step() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30;
}
