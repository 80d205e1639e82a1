using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

public class Somebody_is_invited
{
    [Fact]
    public async Task An_administrator_hands_a_link_over_by_which_a_new_steward_comes_in_once()
    {
        await using var stage = await Stage.Start();
        await using var browser = await Browser.Open();
        var desk = await browser.WindowOf(stage, People.Administrator, "/access");

        await desk.GetByRole(AriaRole.Button, new() { Name = "Add person" }).ClickAsync();
        await desk.GetByLabel("E-mail", new() { Exact = true }).FillAsync("nora.lind@example.com");
        await desk.GetByLabel("Name", new() { Exact = true }).FillAsync("Nora Lind");
        await desk.GetByLabel("Steward").CheckAsync();
        await desk.GetByLabel("All units").CheckAsync();
        await desk.GetByLabel("Decides up to").FillAsync("2500");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        var link = await desk.GetByLabel("Link").InputValueAsync();
        await desk.GetByRole(AriaRole.Button, new() { Name = "I have it" }).ClickAsync();
        await Expect(desk.GetByRole(AriaRole.Row, new() { Name = "Nora Lind" })).ToContainTextAsync("up to 2,500");

        var phone = await browser.Window(stage);
        await phone.GotoAsync(new Uri(link).PathAndQuery);
        await phone.GetByLabel("Password").FillAsync("password1234");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Choose it" }).ClickAsync();
        await Expect(phone.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await phone.GetByLabel("Password").FillAsync("harbour lantern velvet 42");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Choose it" }).ClickAsync();
        await phone.WaitForURLAsync(url => !url.Contains("/invitation", StringComparison.Ordinal));
        await Expect(phone.GetByText("Nora Lind").First).ToBeVisibleAsync();

        var thief = await browser.Window(stage);
        await thief.GotoAsync(new Uri(link).PathAndQuery);
        await thief.GetByLabel("Password").FillAsync("another harbour lantern 43");
        await thief.GetByRole(AriaRole.Button, new() { Name = "Choose it" }).ClickAsync();
        await Expect(thief.GetByRole(AriaRole.Alert)).ToContainTextAsync("was used already");
    }
}
