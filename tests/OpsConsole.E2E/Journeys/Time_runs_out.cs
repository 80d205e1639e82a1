using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

public class Time_runs_out
{
    [Fact]
    public async Task An_escalation_reaches_the_bell_of_an_open_page_once_for_its_cause_and_stands_in_the_history()
    {
        await using var stage = await Stage.Start(Company.Quiet);
        await using var browser = await Browser.Open();
        (await stage.Api.PostAsJsonAsync("/api/v1/sla/levels", new { name = "At once", leftPercent = 99, recipient = "role:Steward" })).EnsureSuccessStatusCode();
        using (var rule = await stage.Api.PostAsJsonAsync("/api/v1/rules", new { name = "Hasty", entityType = "invoice", queue = "ar-invoices", dueHours = 0.1 }))
        {
            var id = (await rule.Content.ReadFromJsonAsync<System.Text.Json.Nodes.JsonNode>())!["id"];
            (await stage.Api.PostAsJsonAsync($"/api/v1/rules/{id}/move", new { to = 1 })).EnsureSuccessStatusCode();
        }

        var ines = await browser.WindowOf(stage, People.Steward, "/worklist");
        var bell = ines.Locator("details.bell");
        await Expect(bell.Locator("summary")).ToHaveAttributeAsync("aria-label", "Notices, none unread");

        // Four invoices of three countries: two of them at least have one cause.
        foreach (var amount in new[] { 4_000m, 6_000m, 7_000m, 8_000m })
        {
            await stage.RefuseInvoice("EMEA", amount);
        }

        await Expect(bell.Locator(".pip")).ToBeVisibleAsync();
        await bell.Locator("summary").ClickAsync();
        await Expect(bell.Locator("li").Filter(new() { HasTextRegex = new Regex("[2-4] exceptions, at once") }).First).ToContainTextAsync("in all");
        await ines.Picture("notices-bell");

        await bell.GetByRole(AriaRole.Button, new() { Name = "Mark all as read" }).ClickAsync();
        await Expect(bell.Locator(".pip")).ToHaveCountAsync(0);
        await ines.Open("/sla");
        await Expect(ines.Locator("#content")).ToContainTextAsync("At once");
        await ines.Picture("sla");
        await ines.Open("/notices/settings");
        await Expect(ines.Locator("#content")).ToContainTextAsync("no mail server yet");
        await ines.Picture("notices-settings");
    }

    [Fact]
    public async Task A_clock_is_stopped_with_a_reason_and_runs_on_when_it_is_told_to()
    {
        await using var stage = await Stage.Start(Company.Quiet);
        await using var browser = await Browser.Open();
        var invoice = await stage.RefuseInvoice("EMEA", 4_000m);
        var ines = await browser.WindowOf(stage, People.Steward, "/worklist");
        await ines.OpenCaseOf(invoice);

        await ines.GetByRole(AriaRole.Button, new() { Name = "Stop it while you wait" }).ClickAsync();
        await ines.GetByLabel("What is waited for").FillAsync("The customer sends a tax certificate");
        await ines.GetByLabel("For so many hours of its clock").FillAsync("4");
        await ines.GetByRole(AriaRole.Button, new() { Name = "Stop the clock" }).ClickAsync();

        await Expect(ines.Locator("#content")).ToContainTextAsync("Stands still");
        await Expect(ines.Locator("#content")).ToContainTextAsync("The customer sends a tax certificate");
        await ines.GetByRole(AriaRole.Button, new() { Name = "Let it run on" }).ClickAsync();
        await Expect(ines.GetByRole(AriaRole.Button, new() { Name = "Stop it while you wait" })).ToBeVisibleAsync();
    }
}
