using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using OpsConsole.E2E.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

public class Administrator_sets_rules_with_foresight
{
    [Fact]
    public async Task A_draft_is_tried_on_what_has_happened_published_and_taken_back()
    {
        await using var stage = await Stage.Start(Company.Quiet);
        await using var browser = await Browser.Open();
        var first = await stage.RefuseInvoice("EMEA", 4_000m);
        var second = await stage.RefuseInvoice("AMER", 9_000m);
        await Eventually.Is(async () => await QueueOf(stage, first.Id) == "ar-invoices" && await QueueOf(stage, second.Id) == "ar-invoices", "both wait with the invoices");
        var admin = await browser.WindowOf(stage, People.Administrator, "/rules/draft");

        await admin.GetByRole(AriaRole.Button, new() { Name = "New rule" }).ClickAsync();
        await admin.GetByLabel("Name", new() { Exact = true }).FillAsync("Invoices of EMEA");
        await admin.GetByLabel("Object type").FillAsync("invoice");
        await admin.GetByLabel("Unit", new() { Exact = true }).FillAsync("EMEA");
        await admin.GetByLabel("Then queue").SelectOptionAsync(new SelectOptionValue { Label = "A new queue" });
        await admin.GetByLabel("Name of the new queue").FillAsync("EMEA desk");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Keep it in the draft" }).ClickAsync();
        var added = admin.Locator("table.t tbody tr").Filter(new() { HasText = "Invoices of EMEA" });
        for (var place = await added.EvaluateAsync<int>("row => row.sectionRowIndex"); place > 0; place--)
        {
            await admin.GetByRole(AriaRole.Button, new() { Name = "Move Invoices of EMEA up" }).ClickAsync();
            await Expect(admin.Locator("table.t tbody tr").Nth(place - 1)).ToContainTextAsync("Invoices of EMEA");
        }

        await Expect(admin.Locator(".changes")).ToContainTextAsync("New");
        await admin.Picture("rules-draft");

        await admin.Open("/rules/what-if?days=7");
        await Expect(admin.Locator(".tiles")).ToContainTextAsync("Would move");
        await admin.Picture("rules-what-if");
        await admin.Locator("a.tile").First.ClickAsync();
        await Expect(admin.Locator("table.t tbody tr")).ToHaveCountAsync(1);
        await Expect(admin.Locator("table.t tbody tr")).ToContainTextAsync(first.Id);
        Assert.Equal("ar-invoices", await QueueOf(stage, first.Id));

        await admin.Open("/rules/draft");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await admin.GetByLabel("Why, for those who read the versions later").FillAsync("EMEA has its own desk");
        await admin.Locator("dialog[open]").GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(admin.Locator("table.t tbody tr").First).ToContainTextAsync("EMEA has its own desk");
        await Eventually.Is(async () => await QueueOf(stage, first.Id) == "emea-desk", "the published book has moved it");
        Assert.Equal("ar-invoices", await QueueOf(stage, second.Id));

        await admin.Locator("table.t tbody tr").Nth(1).GetByRole(AriaRole.Button, new() { Name = "Go back to it" }).ClickAsync();
        await admin.Locator("dialog[open]").GetByLabel("Why").FillAsync("The desk is not staffed yet");
        await admin.Locator("dialog[open]").GetByRole(AriaRole.Button, new() { Name = "Go back" }).ClickAsync();
        await Expect(admin.Locator("table.t tbody tr").First).ToContainTextAsync("brought back version 1");
        await Eventually.Is(async () => await QueueOf(stage, first.Id) == "ar-invoices", "it is back where it was");
        await admin.Picture("rules-versions");
    }

    [Fact]
    public async Task A_calendar_that_is_edited_moves_a_due_time_and_the_page_of_the_exception_says_in_whose_hours()
    {
        await using var stage = await Stage.Start(Company.Quiet);
        await using var browser = await Browser.Open();
        using (var rule = await stage.Api.PostAsJsonAsync("/api/v1/rules", new { name = "Business hours", entityType = "invoice", queue = "ar-invoices", dueHours = 20, calendar = "unit" }))
        {
            rule.EnsureSuccessStatusCode();
            var id = (await rule.Content.ReadFromJsonAsync<JsonNode>())!["id"];
            (await stage.Api.PostAsJsonAsync($"/api/v1/rules/{id}/move", new { to = 1 })).EnsureSuccessStatusCode();
        }

        var invoice = await stage.RefuseInvoice("EMEA", 4_000m);
        await Eventually.Is(async () => await QueueOf(stage, invoice.Id) == "ar-invoices", "it is routed");
        var before = await DueOf(stage, invoice.Id);
        var admin = await browser.WindowOf(stage, People.Administrator, "/calendars");

        await admin.GetByRole(AriaRole.Button, new() { Name = "Edit emea" }).ClickAsync();
        await admin.GetByLabel("Monday", new() { Exact = true }).FillAsync("");
        await admin.GetByLabel("Tuesday", new() { Exact = true }).FillAsync("10:00-12:00");
        await admin.GetByLabel("Wednesday", new() { Exact = true }).FillAsync("10:00-12:00");
        await admin.GetByLabel("Thursday", new() { Exact = true }).FillAsync("10:00-12:00");
        await admin.GetByLabel("Friday", new() { Exact = true }).FillAsync("10:00-12:00");
        await admin.GetByLabel("Why, for the history").FillAsync("A quiet season");
        await admin.GetByLabel("Why, for the history").PressAsync("Tab");
        await Expect(admin.Locator(".twoweeks")).ToContainTextAsync("10:00-12:00");
        await admin.Picture("calendars");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Set the calendar" }).ClickAsync();
        await Expect(admin.Locator(".banner")).ToContainTextAsync("is set, version 2");

        await Eventually.Is(async () => await DueOf(stage, invoice.Id) > before, "the due time follows");
        var ines = await browser.WindowOf(stage, People.Steward, $"/exceptions/{await NameOf(stage, invoice.Id)}");
        await Expect(ines.Locator("#content")).ToContainTextAsync("business hours of EMEA (Europe/Berlin)");
    }

    private static async Task<JsonNode?> Find(Stage stage, string objectId) => (await stage.Get($"/api/v1/exceptions?q={objectId}"))["items"]!.AsArray().FirstOrDefault();

    private static async Task<string?> QueueOf(Stage stage, string objectId) => (string?)(await Find(stage, objectId))?["queue"];

    private static async Task<string> NameOf(Stage stage, string objectId) => (string)(await Find(stage, objectId))!["name"]!;

    private static async Task<DateTimeOffset> DueOf(Stage stage, string objectId) => (DateTimeOffset)(await Find(stage, objectId))!["dueAt"]!;
}
