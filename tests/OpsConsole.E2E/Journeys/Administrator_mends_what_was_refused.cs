using Microsoft.Playwright;
using OpsConsole.E2E.Infrastructure;
using OpsConsole.E2E.Promises;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

public class Administrator_mends_what_was_refused
{
    private const string BadAmount = """
        {"specversion":"1.0","id":"ns-88120331","source":"urn:netsuite","type":"opsconsole.sync.v1","time":"2026-10-30T15:39:51Z",
         "data":{"entity":{"type":"invoice","id":"INV-10534"},"system":"netsuite","outcome":"succeeded","state":"posted","amount":"5.200,00","currency":"EUR"}}
        """;

    [Fact]
    public async Task A_refused_fact_stands_in_quarantine_with_its_bytes_and_its_reason()
    {
        await using var stage = await Stage.Start(new StageSettings { WithCompany = true });
        await using var browser = await Browser.Open();
        var receipt = await stage.PostBatch([BadAmount]);
        Assert.Equal(1, receipt.Quarantined);
        var admin = await browser.WindowOf(stage, People.Administrator, "/sources/quarantine");

        await admin.Locator("section.quarantine tbody tr").First.ClickAsync();

        await Expect(admin.Locator("#content")).ToContainTextAsync("5.200,00");
        await Eventually.Is(async () => (await stage.Get("/api/v1/intake?by=source"))["items"]!.AsArray()
            .Any(source => (string?)source!["source"] == "payment-provider" && (long)source["stored"]! > 0), "a web-hook of the payment provider is stored");
        await admin.Open("/sources");
        await Expect(admin.Locator("section.lanes tbody tr")).ToHaveCountAsync(3);
        await admin.Picture("sources");
    }

    [Fact]
    public async Task All_refused_facts_of_a_kind_are_mended_at_once_while_others_come_in()
    {
        await using var stage = await Stage.Start();
        await using var browser = await Browser.Open();
        await stage.Post(Enumerable.Range(1, 640).Select(i => Event(i, "\"EURO\"")));
        await stage.Post(Enumerable.Range(641, 3).Select(i => Event(i, "\"EUR\"").Replace("succeeded", "done", StringComparison.Ordinal)));
        var admin = await browser.WindowOf(stage, People.Administrator, "/sources/quarantine");

        await admin.Locator(".kinds tbody tr", new() { HasText = "currency-unknown" }).ClickAsync();
        await admin.GetByLabel("Value").FillAsync("EUR");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Show what would happen" }).ClickAsync();
        await Expect(admin.GetByText("Would be taken in")).ToHaveCountAsync(3);
        await admin.Picture("quarantine");
        var meanwhile = stage.Post(Enumerable.Range(5_000, 200).Select(i => Event(i, "\"EUR\"")));
        await admin.GetByRole(AriaRole.Button, new() { Name = "Take all 640 in again" }).ClickAsync();

        await Expect(admin.GetByTestId("bulk-result")).ToContainTextAsync("640 taken in");
        Assert.Equal(200, (await meanwhile).Accepted);
        await Expect(admin.Locator(".kinds tbody tr")).ToHaveCountAsync(1);
        await stage.ConservationHolds();
        Assert.Equal(840, (await stage.Get("/api/v1/intake"))["stored"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_mapping_is_tried_on_a_sample_and_set()
    {
        await using var stage = await Stage.Start();
        await using var browser = await Browser.Open();
        var admin = await browser.WindowOf(stage, People.Administrator, "/sources/mappings");

        await admin.GetByRole(AriaRole.Button, new() { Name = "Invoices of the payment provider" }).ClickAsync();
        await admin.GetByLabel("Try it on a sample").FillAsync(
            """{"type": "invoice.payment_failed", "created": 1793376000, "data": {"object": {"id": "in_1MtHbE", "status": "open", "amount_due": 520000, "currency": "eur", "last_payment_error": {"code": "card_declined", "message": "The card was declined."}}}}""");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Try" }).ClickAsync();
        await Expect(admin.GetByTestId("tried")).ToContainTextAsync("stored and folded");
        await Expect(admin.Locator("#content")).ToContainTextAsync("EUR 5,200.00");
        await admin.Picture("mappings");

        await admin.GetByLabel("Try it on a sample").FillAsync("""{"type": "invoice.paid", "data": {}}""");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Try" }).ClickAsync();
        await Expect(admin.GetByTestId("tried")).ToContainTextAsync("entity.id");
    }

    private static string Event(int number, string currency) =>
        $"{{\"specversion\":\"1.0\",\"id\":\"ns-{number}\",\"source\":\"urn:netsuite\",\"type\":\"opsconsole.sync.v1\",\"time\":\"2026-10-30T15:39:51Z\",\"data\":{{\"entity\":{{\"type\":\"invoice\",\"id\":\"INV-{number}\"}},"
        + $"\"system\":\"netsuite\",\"outcome\":\"succeeded\",\"state\":\"posted\",\"amount\":\"5200.00\",\"currency\":{currency}}}}}";

    [Fact]
    public async Task The_pages_of_an_administrator_show_who_may_do_what_and_who_did_what()
    {
        await using var stage = await Stage.Start();
        await using var browser = await Browser.Open();
        var stranger = await browser.Window(stage);
        await stranger.GotoAsync("/sign-in");
        await Expect(stranger.GetByLabel("E-mail")).ToBeVisibleAsync();
        await stranger.Picture("sign-in");

        var admin = await browser.WindowOf(stage, People.Administrator, "/access");
        await Expect(admin.Locator("#content")).ToContainTextAsync(People.Steward);
        await admin.Picture("access");
        await admin.Open("/audit");
        await Expect(admin.Locator("#content :is(table, .blank)").First).ToBeVisibleAsync();
        await admin.Picture("audit");
    }
}
