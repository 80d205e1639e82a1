using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Npgsql;
using OpsConsole.E2E.Infrastructure;
using OpsConsole.E2E.Journeys;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Promises;

/// <summary>
/// One person with every role tries to be both pairs of eyes: by page, in a second window, by API, by a key of their own, after a change of
/// roles, by loosening the rule, by changing what was approved, and by splitting it. Nothing of it is sent.
/// </summary>
public sealed class R12_Four_eyes_cannot_be_got_round : Promise
{
    [Fact]
    public Task Nobody_is_both_pairs_of_eyes_and_nothing_is_split_past_the_limit() => Keep(async () =>
    {
        var pieces = Of(12, 300);
        await using var stage = await Stage.Start(Company.Quiet);
        await stage.HasContracts();
        var other = await stage.StartAnother();
        await using var browser = await Browser.Open();
        await using var database = NpgsqlDataSource.Create(stage.ConnectionString);
        await Roles(database, "Steward,Approver,Administrator");
        var ines = await browser.WindowOf(stage, People.Steward, "/approvals");
        var again = await browser.Window(other.Url);
        await again.SignIn(People.Steward, "/approvals");
        var hanna = await browser.WindowOf(stage, People.Approver);
        var refused = 0;

        // One invoice above the limit, prepared by Ines, who has every role.
        var failure = await stage.RefuseInvoice("AMER", 48_000m);
        await stage.HasCase(failure);
        var name = await stage.NameOf(failure.Id);
        await ines.Steps(name, "claim");
        Assert.Equal("replay.needs-approval", await Refused(ines, name, "replay"));
        await Step(ines, name, "submit", 200);
        refused += await ByPage(ines, name) + await ByPage(again, name);
        await Step(ines, name, "approve", 403);
        await Step(again, name, "approve", 403);
        await Roles(database, "Approver");
        await Step(ines, name, "approve", 403);
        await Roles(database, "Steward,Approver,Administrator");
        refused += 3;

        // What was looked at is not what would be sent any more.
        var seen = (await stage.Get($"/api/v1/exceptions/{name}"))["version"]!.GetValue<int>();
        await Step(ines, name, "take-back", 200);
        await Step(ines, name, "repair", 200, new { fields = new Dictionary<string, object> { ["/taxProfile"] = failure.RightTaxProfile, ["/memo"] = "pay to DE02" }, note = "changed after it was seen" });
        await Step(ines, name, "submit", 200);
        await Step(hanna, name, "approve", 412, seen: seen);
        await Step(ines, name, "approve", 403);
        refused += 2;

        // Hanna makes herself a key, prepares with it, and would approve that.
        await Roles(database, "Approver,Administrator", People.Approver);
        refused += await ByOwnKey(stage, hanna);
        await Roles(database, "Approver", People.Approver);

        // Ines takes the rules away, and is still bound by them.
        var loose = await Prepared(stage, ines, 48_000m);
        await Retire(ines);
        await Step(ines, loose, "replay", 409);
        refused++;

        var went = await Split(stage, other, ines, pieces);
        var alone = await Count(database, """SELECT ceil(coalesce(sum("Amount"), 0)) FROM lone_replays""");
        Assert.True(went > 0 && went < pieces && alone <= 10_000, $"{went} of {pieces} went, {alone} were sent alone");
        Assert.Equal(went, await Count(database, """SELECT count(*) FROM replay_items WHERE "ApprovedBy" IS NULL"""));
        Assert.Equal(0, await Count(database, """SELECT count(*) FROM replay_items WHERE "ApprovedBy" = "RequestedBy" """));
        return $"{refused} ways to be both pairs of eyes (page, 2 windows on 2 nodes, API, own key, changed roles, retired rules, changed payload), all refused; {pieces:N0} pieces of 4,000 ordered at once over 2 nodes: {went} went, EUR {alone:N0} alone under a limit of 10,000";
    });

    private static async Task<string> Prepared(Stage stage, IPage steward, decimal amount)
    {
        var name = await stage.RefusedCase("AMER", amount);
        await steward.Steps(name, "claim");
        return name;
    }

    // The button is there for others; for who prepared it, it cannot be pressed, and the key does nothing.
    private static async Task<int> ByPage(IPage page, string name)
    {
        await page.Open($"/exceptions/{name}");
        await Expect(page.Locator(".track .now")).ToContainTextAsync("To approve");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Approve and replay", Disabled = false })).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("a");
        await page.Open("/approvals");
        await Expect(page.Locator(".sec.foot")).ToContainTextAsync("A second person must decide");
        await page.Keyboard.PressAsync("a");
        await Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);
        return 2;
    }

    private static async Task<int> ByOwnKey(Stage stage, IPage hanna)
    {
        var source = (await Json(await hanna.APIRequest.PostAsync("/api/v1/sources", new() { DataObject = new { name = "hannas-robot", scopes = new[] { "api" } } })))!.GetValue<Guid>();
        var key = (await Json(await hanna.APIRequest.PostAsync($"/api/v1/sources/{source}/keys")))!["key"]!.GetValue<string>();
        var name = await stage.RefusedCase("AMER", 52_000m);
        foreach (var step in (string[])["claim", "submit"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(stage.Url, $"/api/v1/exceptions/{name}/{step}"));
            request.Headers.Authorization = new("Bearer", key);
            using var answer = await stage.Api.SendAsync(request);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        }

        await Step(hanna, name, "approve", 403);
        return 1;
    }

    private static async Task Retire(IPage page)
    {
        var rules = await Json(await page.APIRequest.GetAsync("/api/v1/four-eyes-rules"));
        foreach (var rule in rules!["items"]!.AsArray())
        {
            var answer = await page.APIRequest.DeleteAsync($"/api/v1/four-eyes-rules/{rule!["id"]!.GetValue<Guid>()}");
            Assert.Equal(200, answer.Status);
        }
    }

    // All at the same moment, by one person, half of them on each console.
    private static async Task<int> Split(Stage stage, Node other, IPage ines, int pieces)
    {
        var names = new List<string>();
        for (var i = 0; i < pieces; i++)
        {
            names.Add(await Prepared(stage, ines, 4_000m));
        }

        var answers = await Task.WhenAll(names.Select(async (name, i) =>
        {
            var address = new Uri(i % 2 == 0 ? stage.Url : other.Url, $"/api/v1/exceptions/{name}/replay").ToString();
            var answer = await ines.APIRequest.PostAsync(address, new() { Timeout = 120_000 });
            return answer.Status == 412 ? await ines.APIRequest.PostAsync(address, new() { Timeout = 120_000 }) : answer;
        }));
        var refusals = await Task.WhenAll(answers.Where(answer => answer.Status != 200).Select(async answer => (answer.Status, Title: (await Json(answer))!["title"]!.GetValue<string>())));
        Assert.All(refusals, refusal => Assert.Equal((409, "replay.needs-approval"), refusal));
        return answers.Count(answer => answer.Status == 200);
    }

    private static async Task<string> Refused(IPage page, string name, string step)
    {
        var answer = await page.APIRequest.PostAsync($"/api/v1/exceptions/{name}/{step}");
        Assert.Equal(409, answer.Status);
        return (await Json(answer))!["title"]!.GetValue<string>();
    }

    private static async Task Step(IPage page, string name, string step, int status, object? body = null, int? seen = null)
    {
        var headers = seen is null ? [] : new Dictionary<string, string> { ["If-Match"] = $"\"{seen}\"" };
        IAPIResponse answer;
        do
        {
            // Without a version a worker may have been faster: that is no verdict on the step.
            answer = await page.APIRequest.PostAsync($"/api/v1/exceptions/{name}/{step}", new() { DataObject = body ?? new { reason = "" }, Headers = headers });
        }
        while (answer.Status == 412 && seen is null);
        Assert.True(status == answer.Status, $"{step}: {answer.Status}, not {status}: {await answer.TextAsync()}");
    }

    private static async Task<JsonNode?> Json(IAPIResponse answer) => JsonNode.Parse(await answer.TextAsync());

    private static async Task Roles(NpgsqlDataSource database, string roles, string person = People.Steward)
    {
        await using var command = database.CreateCommand("""UPDATE people SET "Roles" = $1 WHERE "Email" = $2""");
        command.Parameters.Add(new() { Value = roles });
        command.Parameters.Add(new() { Value = person });
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    private static async Task<int> Count(NpgsqlDataSource database, string sql)
    {
#pragma warning disable CA2100 // Constants above.
        await using var command = database.CreateCommand(sql);
#pragma warning restore CA2100
        return Convert.ToInt32(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
