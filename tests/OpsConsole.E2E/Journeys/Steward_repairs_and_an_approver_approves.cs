using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

public partial class Steward_repairs_and_an_approver_approves
{
    [Fact]
    public async Task The_replay_is_approved_by_a_second_person_and_proven_by_the_target()
    {
        await using var stage = await Stage.Start(Company.Quiet);
        await using var browser = await Browser.Open();
        await stage.HasContracts();
        var invoice = await stage.RefuseInvoice("AMER", 48_000m);

        var steward = await browser.WindowOf(stage, People.Steward, "/worklist");
        await steward.OpenCaseOf(invoice);
        await steward.GetByRole(AriaRole.Button, new() { NameRegex = ClaimButton() }).ClickAsync();
        await steward.Locator(".fail select").SelectOptionAsync($"\"{invoice.RightTaxProfile}\"");
        await Expect(steward.Locator(".dff .p")).ToContainTextAsync(invoice.RightTaxProfile);
        await steward.GetByLabel("Note").FillAsync("Tax profile from the province");
        await steward.GetByRole(AriaRole.Button, new() { Name = "Save version 1" }).ClickAsync();
        await Expect(steward.GetByText("Version 1", new() { Exact = true })).ToBeVisibleAsync();
        await steward.Decide("Ask for approval");
        await Expect(steward.Locator(".track .now")).ToContainTextAsync("To approve");

        var approver = await browser.WindowOf(stage, People.Approver, "/worklist?state=awaiting-approval");
        await approver.OpenCaseOf(invoice);
        await Expect(approver.Locator(".dff .p")).ToContainTextAsync(invoice.RightTaxProfile);
        await approver.Decide("Approve and replay");

        // The steward's page follows by itself: delivered is not resolved, proof is.
        await Expect(steward.Locator(".track li").Last).ToHaveClassAsync(new Regex("done"));
        await Expect(steward.Locator(".hero")).ToContainTextAsync("Proven");
        await Expect(steward.Locator(".att").First).ToContainTextAsync(invoice.IdempotencyKey);
    }

    [Fact]
    public async Task The_one_who_prepared_it_is_not_offered_to_approve_it()
    {
        await using var stage = await Stage.Start(Company.Quiet);
        await using var browser = await Browser.Open();
        var invoice = await stage.RefuseInvoice("EMEA", 30_000m);

        var steward = await browser.WindowOf(stage, People.Steward, "/worklist");
        await steward.OpenCaseOf(invoice);
        await steward.GetByRole(AriaRole.Button, new() { NameRegex = ClaimButton() }).ClickAsync();
        await steward.Decide("Ask for approval");

        await Expect(steward.Locator(".track .now")).ToContainTextAsync("To approve");
        await Expect(steward.GetByRole(AriaRole.Button, new() { Name = "Approve and replay", Disabled = false })).ToHaveCountAsync(0);
    }

    [GeneratedRegex("^Claim")]
    private static partial Regex ClaimButton();
}
