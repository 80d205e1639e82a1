using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

public class Two_browsers_see_each_other
{
    [Fact]
    public async Task A_claim_shows_at_once_in_the_other_window_and_the_list_stays()
    {
        await using var stage = await Stage.Start(Company.Quiet);
        await using var browser = await Browser.Open();
        var first = await stage.RefuseInvoice("EMEA", 4_000m);
        var second = await stage.RefuseInvoice("EMEA", 5_000m);
        var ines = await browser.WindowOf(stage, People.Steward, "/worklist");
        var tom = await browser.WindowOf(stage, People.StewardOfEmea, "/worklist");
        await ines.ShowNewsUntil(second.Id);
        await tom.ShowNewsUntil(second.Id);
        await tom.ShowNewsUntil(first.Id);
        var before = await tom.Locator("table.t tbody tr").AllInnerTextsAsync();

        await ines.RowOf(first.Id).Locator("td").Nth(2).ClickAsync();
        await ines.Keyboard.PressAsync("c");

        await Expect(tom.RowOf(first.Id)).ToContainTextAsync("Ines Moreau");
        await Expect(tom.RowOf(first.Id)).ToContainTextAsync("Claimed");
        Assert.Equal(before.Count, await tom.Locator("table.t tbody tr").CountAsync());
    }

    [Fact]
    public async Task A_claim_on_one_console_shows_in_a_window_on_another_of_the_same_database()
    {
        await using var stage = await Stage.Start(Company.Quiet);
        var other = await stage.StartAnother();
        await using var browser = await Browser.Open();
        var ines = await browser.WindowOf(stage, People.Steward, "/worklist");
        var tom = await browser.Window(other.Url);
        await tom.SignIn(People.StewardOfEmea, "/worklist");

        var invoice = await stage.RefuseInvoice("EMEA", 4_000m);
        await ines.ShowNewsUntil(invoice.Id);
        await tom.ShowNewsUntil(invoice.Id);
        await ines.RowOf(invoice.Id).Locator("td").Nth(2).ClickAsync();
        await ines.Keyboard.PressAsync("c");
        await Expect(ines.RowOf(invoice.Id)).ToContainTextAsync("Claimed");

        await Expect(tom.RowOf(invoice.Id)).ToContainTextAsync("Ines Moreau");
        await Expect(tom.RowOf(invoice.Id)).ToContainTextAsync("Claimed");
    }

    [Fact]
    public async Task Of_two_who_claim_the_other_is_told_who_was_faster()
    {
        await using var stage = await Stage.Start(Company.Quiet);
        await using var browser = await Browser.Open();
        var invoice = await stage.RefuseInvoice("EMEA", 4_000m);
        var ines = await browser.WindowOf(stage, People.Steward, "/worklist");
        var tom = await browser.WindowOf(stage, People.StewardOfEmea, "/worklist");
        await ines.OpenCaseOf(invoice);
        await tom.OpenCaseOf(invoice);
        var name = new Regex("^Claim");

        await Task.WhenAll(
            ines.GetByRole(AriaRole.Button, new() { NameRegex = name }).ClickAsync(),
            tom.GetByRole(AriaRole.Button, new() { NameRegex = name }).ClickAsync());

        await Expect(ines.Locator(".hero .meta")).ToContainTextAsync("Held by");
        await Expect(tom.Locator(".hero .meta")).ToContainTextAsync("Held by");
        var inesHolds = (await ines.Locator(".hero .meta").InnerTextAsync()).Contains("Held by you", StringComparison.Ordinal);
        var (loser, winner) = inesHolds ? (tom, "Ines Moreau") : (ines, "Tom Okafor");
        await Expect(loser.Locator(".hero .meta")).ToContainTextAsync($"Held by {winner}");
    }

    [Fact]
    public async Task News_is_told_and_moves_nothing_until_it_is_asked_for()
    {
        await using var stage = await Stage.Start(Company.Quiet);
        await using var browser = await Browser.Open();
        var known = await stage.RefuseInvoice("AMER", 4_000m);
        var ines = await browser.WindowOf(stage, People.Steward, "/worklist");
        await ines.ShowNewsUntil(known.Id);
        var before = await ines.Locator("table.t tbody a.lead").AllInnerTextsAsync();

        var arrived = await stage.RefuseInvoice("AMER", 9_000m);

        await Expect(ines.Locator(".banner")).ToContainTextAsync("1 new");
        Assert.Equal(before, await ines.Locator("table.t tbody a.lead").AllInnerTextsAsync());
        await ines.Keyboard.PressAsync("n");
        await Expect(ines.RowOf(arrived.Id)).ToHaveCountAsync(1);
        await Expect(ines.Locator(".banner")).ToHaveCountAsync(0);
    }
}
