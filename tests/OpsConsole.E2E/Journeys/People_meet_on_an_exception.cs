using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

public class People_meet_on_an_exception
{
    [Fact]
    public async Task A_hand_over_with_its_note_reaches_the_colleague_and_stands_on_the_page()
    {
        await using var stage = await Stage.Start(Company.Quiet);
        await using var browser = await Browser.Open();
        var name = await stage.RefusedCase("EMEA", 4_000m);
        var ines = await browser.WindowOf(stage, People.Steward, $"/exceptions/{name}");
        var tom = await browser.WindowOf(stage, People.StewardOfEmea, "/worklist");

        await ines.Keyboard.PressAsync("c");
        await Expect(ines.Locator(".hero .meta")).ToContainTextAsync(new Regex(@"Held by you since \d\d:\d\d, until"));
        await ines.GetByRole(AriaRole.Button, new() { Name = "Hand over" }).ClickAsync();
        var dialog = ines.Locator("dialog[open]");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Hand over" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose who works on it");
        await dialog.GetByLabel("To").SelectOptionAsync(new SelectOptionValue { Label = "Tom Okafor" });
        await dialog.GetByLabel("What they must know").FillAsync("The customer sends the form by noon");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Hand over" }).ClickAsync();

        await Expect(ines.Locator(".hero .meta")).ToContainTextAsync("Held by Tom Okafor");
        await Expect(tom.GetByLabel("Notices, 1 unread")).ToBeVisibleAsync();
        await tom.GetByLabel("Notices, 1 unread").ClickAsync();
        await tom.Locator(".drop.notices li a").First.ClickAsync();
        await Expect(tom.Locator(".banner.memo")).ToContainTextAsync("Ines Moreau handed it over to you");
        await Expect(tom.Locator(".banner.memo")).ToContainTextAsync("The customer sends the form by noon");
        await Expect(tom.GetByLabel("Notices, none unread")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_colleague_on_the_same_page_is_seen_across_two_consoles_until_they_leave()
    {
        await using var stage = await Stage.Start(Company.Quiet);
        var other = await stage.StartAnother();
        await using var browser = await Browser.Open();
        var name = await stage.RefusedCase("EMEA", 4_000m);
        var ines = await browser.WindowOf(stage, People.Steward, $"/exceptions/{name}");
        var tom = await browser.Window(other.Url);
        await tom.SignIn(People.StewardOfEmea, $"/exceptions/{name}");

        await Expect(ines.Locator(".hero .meta")).ToContainTextAsync("Tom Okafor is reading");
        await Expect(tom.Locator(".hero .meta")).ToContainTextAsync("Ines Moreau is reading");
        await tom.Open("/worklist");
        await Expect(ines.Locator(".hero .meta")).Not.ToContainTextAsync("Tom Okafor");
    }

    [Fact]
    public async Task Who_is_named_in_a_comment_hears_of_it_and_a_ticket_leads_outside_safely()
    {
        await using var stage = await Stage.Start(Company.Quiet);
        await using var browser = await Browser.Open();
        var name = await stage.RefusedCase("EMEA", 4_000m);
        var ines = await browser.WindowOf(stage, People.Steward, $"/exceptions/{name}");
        var hanna = await browser.WindowOf(stage, People.Approver, "/approvals");

        await ines.GetByRole(AriaRole.Button, new() { Name = "Comment" }).ClickAsync();
        await ines.Locator("dialog[open] textarea").FillAsync("Is this right, @ha");
        await ines.GetByRole(AriaRole.Button, new() { Name = "@Hanna Berg" }).ClickAsync();
        await ines.Locator("dialog[open]").GetByRole(AriaRole.Button, new() { Name = "Comment" }).ClickAsync();
        await Expect(hanna.GetByLabel("Notices, 1 unread")).ToBeVisibleAsync();
        await hanna.Open("/notices");
        await Expect(hanna.Locator("table.t tbody tr")).ToContainTextAsync("Ines Moreau mentioned you: Is this right, @Hanna Berg");

        await ines.GetByLabel("Link a ticket").FillAsync("http://jira.example/browse/FIN-1");
        await ines.GetByLabel("Link a ticket").PressAsync("Enter");
        await Expect(ines.GetByRole(AriaRole.Alert)).ToContainTextAsync("https");
        await ines.GetByLabel("Link a ticket").FillAsync("https://jira.example/browse/FIN-2211");
        await ines.GetByLabel("Link a ticket").PressAsync("Enter");
        await Expect(ines.GetByRole(AriaRole.Link, new() { Name = "FIN-2211" })).ToHaveAttributeAsync("rel", "noopener noreferrer nofollow");
        await ines.GetByLabel("Add a tag").FillAsync("Tax Form");
        await ines.GetByLabel("Add a tag").PressAsync("Enter");
        await Expect(ines.Locator(".tagline .tag")).ToContainTextAsync("tax-form");
    }

    [Fact]
    public async Task An_approver_clears_the_approvals_with_the_keyboard_and_sees_each_dry_run()
    {
        await using var stage = await Stage.Start(Company.Quiet);
        await using var browser = await Browser.Open();
        var ines = await browser.WindowOf(stage, People.Steward, "/approvals");
        string[] names = [await Submit(stage, ines, 30_000m), await Submit(stage, ines, 40_000m)];
        await Expect(ines.Locator(".sec.foot")).ToContainTextAsync("approvers decide");
        var hanna = await browser.WindowOf(stage, People.Approver, "/approvals");
        await Expect(hanna.Locator("table.t tbody tr")).ToHaveCountAsync(2);
        await Expect(hanna.Locator(".pane").Nth(1)).ToContainTextAsync("Above EUR 10,000");
        await Expect(hanna.Locator(".pane").Nth(1)).ToContainTextAsync("Would be created");
        await hanna.Picture("approvals");

        foreach (var _ in names)
        {
            await Expect(hanna.GetByRole(AriaRole.Button, new() { Name = "Approve and replay" })).ToBeVisibleAsync();
            await hanna.Keyboard.PressAsync("a");
            await hanna.Locator("dialog[open] textarea").FillAsync("seen");
            await hanna.Locator("dialog[open]").GetByRole(AriaRole.Button, new() { Name = "Approve and replay" }).ClickAsync();
            await Expect(hanna.Locator("dialog[open]")).ToHaveCountAsync(0);
        }

        await Expect(hanna.Locator("table.t tbody tr.over")).ToHaveCountAsync(2);
        await Expect(hanna.Locator("table.t tbody tr.over").First).ToContainTextAsync("Approved by you");
        await Expect(ines.GetByLabel("Notices, 2 unread")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_is_laid_aside_stays_in_sight_on_the_worklist()
    {
        await using var stage = await Stage.Start(Company.Quiet);
        await using var browser = await Browser.Open();
        var name = await stage.RefusedCase("EMEA", 4_000m);
        var ines = await browser.WindowOf(stage, People.Steward, $"/exceptions/{name}");

        await ines.GetByRole(AriaRole.Button, new() { Name = "Hold" }).ClickAsync();
        var dialog = ines.Locator("dialog[open]");
        await dialog.GetByLabel("Until", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "when the close of the period begins" });
        await dialog.GetByLabel("Or until its cause").FillAsync("50000");
        await dialog.GetByLabel("What is waited for").FillAsync("the payment run");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Hold" }).ClickAsync();
        await Expect(ines.Locator(".track .now")).ToContainTextAsync("On hold");

        await ines.Open("/worklist");
        await Expect(ines.Locator(".tabs")).ToContainTextAsync("On hold 1");
        await ines.Locator(".tabs a", new() { HasText = "On hold" }).ClickAsync();
        await Expect(ines.Locator("table.t tbody tr")).ToHaveCountAsync(1);
    }

    private static async Task<string> Submit(Stage stage, IPage steward, decimal amount)
    {
        var name = await stage.RefusedCase("AMER", amount);
        foreach (var step in (string[])["claim", "submit"])
        {
            await steward.Steps(name, step);
        }

        await Expect(steward.Locator(".banner, table.t tbody tr").First).ToBeVisibleAsync();
        await steward.Keyboard.PressAsync("n");
        return name;
    }
}
