using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using OpsConsole.E2E.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

public class Steward_repairs_in_the_form
{
    [Fact]
    public async Task The_form_follows_the_contract_locks_what_others_own_and_refuses_what_would_be_wrong()
    {
        await using var stage = await Stage.Start(Company.Quiet);
        await stage.HasContracts();
        await using var browser = await Browser.Open();
        var invoice = await stage.RefuseInvoice("EMEA", 4_711.50m);
        var steward = await browser.WindowOf(stage, People.Steward, "/worklist");
        await steward.OpenCaseOf(invoice);
        await steward.Locator(".bar.acts").GetByRole(AriaRole.Button, new() { Name = "Claim" }).First.ClickAsync();

        // The failing field first, with its owner and the values that this legal entity knows; what others own is locked and says by whom.
        var failing = steward.Locator(".fail");
        await Expect(failing).ToContainTextAsync("Salesforce owns it");
        await Expect(failing.Locator("select")).ToContainTextAsync(invoice.RightTaxProfile);
        await steward.Locator("#repair").GetByRole(AriaRole.Button, new() { NameRegex = new("more field") }).ClickAsync();
        var amount = steward.Locator("[data-pointer='/amount']");
        await Expect(amount.Locator("input")).ToHaveAttributeAsync("readonly", "");
        await Expect(amount).ToContainTextAsync("Stripe owns it");

        // The server refuses the same by itself, by place and with what would be right.
        var refused = await stage.Repair(steward, new() { ["/amount"] = 1, ["/taxProfile"] = "XX-VAT99" });
        Assert.Contains("/amount: may not be changed: Stripe owns it", refused, StringComparison.Ordinal);
        Assert.Contains("/taxProfile: must be one of", refused, StringComparison.Ordinal);

        await failing.Locator("select").SelectOptionAsync($"\"{invoice.RightTaxProfile}\"");
        await Expect(steward.Locator("#repair-fault")).ToContainTextAsync("Fits ERP invoice v1");
        await Expect(steward.Locator(".dff .p")).ToContainTextAsync(invoice.RightTaxProfile);
        await steward.GetByLabel("Note").FillAsync("From the customer's master data");
        await steward.GetByRole(AriaRole.Button, new() { Name = "Save version 1" }).ClickAsync();
        await Expect(steward.GetByText("Version 1", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(steward.Locator("#content")).ToContainTextAsync("a value was missing, checked by erp-invoices v1");
    }

    [Fact]
    public async Task A_draft_is_intact_after_the_console_was_killed_under_the_open_form()
    {
        await using var stage = await Stage.Start(Company.Quiet);
        await stage.HasContracts();
        await using var browser = await Browser.Open();
        var invoice = await stage.RefuseInvoice("EMEA", 4_711.50m);
        var steward = await browser.WindowOf(stage, People.Steward, "/worklist");
        await steward.OpenCaseOf(invoice);
        await steward.Locator(".bar.acts").GetByRole(AriaRole.Button, new() { Name = "Claim" }).First.ClickAsync();
        await steward.Locator(".fail select").SelectOptionAsync($"\"{invoice.RightTaxProfile}\"");
        await steward.Locator("[data-pointer='/memo'] input").FillAsync("kept by the console");
        await Eventually.Is(async () => (await stage.Draft(steward)).Contains("kept by the console", StringComparison.Ordinal), "the draft is with the console");

        await stage.Kill();
        // What is typed while nobody listens stays in the browser.
        await steward.Locator("[data-pointer='/memo'] input").FillAsync("typed while it was away");
        await stage.StartConsole();
        await steward.ReloadAsync();

        await Expect(steward.Locator("#repair .note")).ToContainTextAsync("it is back");
        await Expect(steward.Locator(".fail select")).ToHaveValueAsync($"\"{invoice.RightTaxProfile}\"");
        await Expect(steward.Locator("[data-pointer='/memo'] input")).ToHaveValueAsync("typed while it was away");
        await Eventually.Is(async () => (await stage.Draft(steward)).Contains("typed while it was away", StringComparison.Ordinal), "what the browser had is with the console");

        await steward.GetByRole(AriaRole.Button, new() { Name = "Save version 1" }).ClickAsync();
        await Expect(steward.GetByText("Version 1", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal("", await stage.Draft(steward));
    }

    [Fact]
    public async Task A_cause_is_repaired_as_one_with_a_verdict_for_each()
    {
        await using var stage = await Stage.Start(Company.Quiet);
        await stage.HasContracts();
        await using var browser = await Browser.Open();
        var invoices = new List<MadeFailure>();
        for (var i = 0; i < 4; i++)
        {
            invoices.Add(await stage.RefuseInvoice("EMEA", 1_000m + i));
        }

        var steward = await browser.WindowOf(stage, People.Steward, "/worklist");
        foreach (var invoice in invoices)
        {
            await steward.ShowNewsUntil(invoice.Id);
            await steward.RowOf(invoice.Id).GetByRole(AriaRole.Checkbox).ClickAsync();
        }

        await steward.Locator(".bulk").GetByText("Repair together").ClickAsync();
        var right = invoices[0].RightTaxProfile;
        await steward.GetByLabel("Set it to").SelectOptionAsync($"\"{right}\"");
        await steward.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();

        // Legal entities that do not know the profile stay as they are and say what they know.
        var fit = invoices.Count(invoice => invoice.RightTaxProfile == right);
        await Expect(steward.GetByTestId("apply")).ToContainTextAsync($"{fit} would be right");
        Assert.True(await steward.Locator("tr[data-verdict=Valid]").CountAsync() >= fit);
        await steward.Picture("repair-many");
        await steward.GetByRole(AriaRole.Button, new() { NameRegex = new("^Repair [0-9]") }).ClickAsync();

        await Expect(steward.GetByTestId("applied")).ToContainTextAsync($"{fit} of {fit} repaired");
        await steward.Open($"/exceptions/{await stage.NameOf(invoices[0].Id)}");
        await Expect(steward.GetByText("Version 1", new() { Exact = true })).ToBeVisibleAsync();
    }
}

/// <summary>What these journeys ask the API.</summary>
internal static class RepairApi
{
    /// <summary>Waits until the company has handed its contracts over.</summary>
    public static Task HasContracts(this Stage stage) => Eventually.Is(
        async () => (await stage.Api.GetFromJsonAsync<JsonElement>("/api/v1/contracts")).GetProperty("total").GetInt32() == 6
            && (await stage.Api.GetFromJsonAsync<JsonElement>("/api/v1/ownership")).GetProperty("total").GetInt32() > 0,
        "the contracts are there");

    public static async Task<string> NameOf(this Stage stage, string objectId) =>
        (await stage.Api.GetFromJsonAsync<JsonElement>($"/api/v1/exceptions?q={objectId}")).GetProperty("items")[0].GetProperty("name").GetString()!;

    /// <summary>The repair as the person in this window would send it by the API, with their own session; answers the refusal's text.</summary>
    public static async Task<string> Repair(this Stage stage, IPage page, Dictionary<string, object> fields)
    {
        var answer = await page.APIRequest.PostAsync(new Uri(stage.Url, $"/api/v1{new Uri(page.Url).AbsolutePath}/repair").ToString(), new() { DataObject = new { fields } });
        return JsonDocument.Parse(await answer.TextAsync()).RootElement.GetProperty("detail").GetString() ?? "";
    }

    /// <summary>The draft of the person in this window, as JSON; empty: none.</summary>
    public static async Task<string> Draft(this Stage stage, IPage page)
    {
        var answer = await page.APIRequest.GetAsync(new Uri(stage.Url, $"/api/v1{new Uri(page.Url).AbsolutePath}/repair").ToString());
        var draft = JsonDocument.Parse(await answer.TextAsync()).RootElement.GetProperty("draft");
        return draft.ValueKind is JsonValueKind.Null ? "" : draft.GetRawText();
    }
}
