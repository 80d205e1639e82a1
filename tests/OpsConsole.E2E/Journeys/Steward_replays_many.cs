using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OpsConsole.E2E.Infrastructure;
using OpsConsole.E2E.Promises;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

public partial class Steward_replays_many
{
    [Fact]
    public async Task What_the_ERP_has_already_is_not_sent_again_and_closes_with_the_proof()
    {
        await using var stage = await Stage.Start(Company.Quiet);
        await using var browser = await Browser.Open();
        using var company = new HttpClient { BaseAddress = stage.CompanyUrl };
        using var answer = await company.PostAsJsonAsync("/control/fail", new { kind = "timeout-after-write", unit = "EMEA", amount = 4_000m });
        var invoice = (await answer.Content.ReadFromJsonAsync<MadeFailure>())!;

        var steward = await browser.WindowOf(stage, People.Steward, "/worklist");
        await steward.OpenCaseOf(invoice);
        await steward.GetByRole(AriaRole.Button, new() { NameRegex = ClaimButton() }).First.ClickAsync();
        await steward.Decide("Replay");
        await Expect(steward.Locator(".banner.bad")).ToContainTextAsync("It would be a duplicate");
        await steward.Locator(".banner.bad").GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await steward.GetByRole(AriaRole.Button, new() { Name = "Dry run" }).ClickAsync();
        await Expect(steward.GetByText("A replay of this is refused")).ToBeVisibleAsync();
        await Expect(steward.Locator(".row.acts").GetByRole(AriaRole.Button, new() { Name = "Replay" })).ToBeDisabledAsync();
        await Expect(steward.Locator(".row.acts")).ToContainTextAsync("Not sent: the target has it already.");
        await steward.Picture("dry-run-duplicate");

        await steward.GetByRole(AriaRole.Button, new() { Name = "Close as proven" }).ClickAsync();

        await Expect(steward.Locator(".hero")).ToContainTextAsync("Proven");
        var key = await company.GetFromJsonAsync<System.Text.Json.Nodes.JsonObject>($"/status/keys/{invoice.IdempotencyKey}");
        Assert.Equal((1, 1), (key!["applied"]!.GetValue<int>(), key["seen"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_bulk_is_previewed_started_paused_survives_a_kill_and_leaves_a_selection_over()
    {
        await using var stub = await ReplayStub.Start(TimeSpan.FromMilliseconds(2));
        stub.Refuses = key => key.EndsWith('7');
        await using var stage = await Stage.Start(BulkCalls.Settings(stub));
        await using var browser = await Browser.Open();
        var keys = await stage.Fail(30);

        var steward = await browser.WindowOf(stage, People.Steward, "/worklist");
        await steward.GetByRole(AriaRole.Checkbox, new() { Name = "Select this page" }).ClickAsync();
        await steward.GetByRole(AriaRole.Region, new() { Name = "Bulk actions" }).GetByRole(AriaRole.Button, new() { Name = "Replay" }).ClickAsync();
        await Expect(steward.Locator(".hero h1")).ToContainTextAsync("Replay of 30 exceptions");
        await Expect(steward.GetByText("can be replayed")).ToBeVisibleAsync();
        await steward.Picture("bulk-preview");
        Assert.Equal(0, stub.Sends);

        // The first wave is one item; it is held up so that there is something to pause.
        var held = new TaskCompletionSource();
        stub.BeforeApply = _ => held.Task;
        await steward.GetByLabel("Stop above, % failed").FillAsync("100");
        await steward.GetByRole(AriaRole.Button, new() { Name = "Replay 30" }).ClickAsync();
        await Expect(steward.Locator(".hero .st").First).ToContainTextAsync("Running");
        await steward.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(steward.Locator(".hero .st").First).ToContainTextAsync("Paused");
        await stage.Kill();
        held.SetResult();
        await stage.StartConsole();
        await steward.ReloadAsync();
        await steward.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();

        await Expect(steward.Locator(".hero .st").First).ToContainTextAsync("Done", new() { Timeout = 120_000 });
        await Expect(steward.Locator(".bulklegend")).ToContainTextAsync("27 proven");
        await steward.GetByRole(AriaRole.Button, new() { Name = "Left over", Exact = true }).ClickAsync();
        await Expect(steward.Locator("table.t tbody tr")).ToHaveCountAsync(3);
        await steward.Picture("bulk-done");
        await steward.GetByRole(AriaRole.Button, new() { Name = "Select the 3 left over" }).ClickAsync();
        await Expect(steward.Locator(".hero h1")).ToContainTextAsync("Replay of 3 exceptions");
        Assert.Empty(stub.Faults(keys.Where(key => !key.EndsWith('7'))));
    }

    [GeneratedRegex("^Claim")]
    private static partial Regex ClaimButton();
}
