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
    public async Task A_refused_fact_stands_on_the_page_of_sources_with_its_bytes_and_its_reason()
    {
        await using var stage = await Stage.Start(new StageSettings { WithCompany = true });
        await using var browser = await Browser.Open();
        var receipt = await stage.PostBatch([BadAmount]);
        Assert.Equal(1, receipt.Quarantined);
        var admin = await browser.WindowOf(stage, People.Administrator, "/sources");

        await admin.Locator("section.quarantine tbody tr").First.ClickAsync();

        await Expect(admin.Locator("#content")).ToContainTextAsync("5.200,00");
        await stage.ConservationHolds();
        await admin.Picture("sources");
    }

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
