using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using OpsConsole.Basics;

namespace OpsConsole.Web.Tests.Intake;

/// <summary>Vendors' web-hooks against the real console: signatures, duplicates, the mapping that is shipped, and the quarantine of what has none.</summary>
public sealed class HookTests(LiveConsole console) : IClassFixture<LiveConsole>
{
    private const string Paid =
        """{"type": "invoice.paid", "created": 1774958400, "data": {"object": {"id": "in_hook", "status": "paid", "amount_due": 520000, "currency": "eur", "metadata": {"businessUnit": "EMEA"}}}}""";

    [Fact]
    public async Task A_signed_web_hook_is_a_fact_and_every_wrong_one_is_turned_away_with_a_reason_on_the_page()
    {
        var (id, secret) = await console.AddHook("payment-provider");

        var stored = await console.SendHook("payment-provider", secret, "msg_1", Paid);
        var again = await console.SendHook("payment-provider", secret, "msg_1", Paid, attempt: 1);
        var wrongSecret = await console.SendHook("payment-provider", WebhookSignature.NewSecret(), "msg_2", Paid);
        var old = await console.SendHook("payment-provider", secret, "msg_3", Paid, attempt: -3600);
        var unsigned = await console.SendHook("payment-provider", null, "msg_4", Paid);
        var large = await console.SendHook("payment-provider", secret, "msg_5", $$"""{"type": "{{new string('x', 1 << 20)}}"}""");
        var nobody = await console.SendHook("nobody", secret, "msg_6", Paid);

        Assert.Equal((HttpStatusCode.Accepted, 1), (stored.Status, (int?)stored.Body["accepted"]));
        Assert.Equal((HttpStatusCode.Accepted, 1), (again.Status, (int?)again.Body["duplicates"]));
        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.Unauthorized],
            new[] { wrongSecret, old, unsigned, large, nobody }.Select(answer => answer.Status));
        await console.Eventually("/api/v1/objects?type=invoice&q=in_hook", found => found.ToJsonString().Contains("\"paid\"", StringComparison.Ordinal));
        await console.Eventually("/api/v1/sources", list =>
        {
            var source = list["items"]!.AsArray().Single(row => (string?)row!["id"] == id)!;
            string[] reasons = [.. source["turnedAway"]!.AsArray().Select(away => (string)away!["reason"]!)];
            return new[] { "hook-signature", "hook-time", "hook-unsigned", "too-large" }.All(reasons.Contains);
        });
    }

    [Fact]
    public async Task What_has_no_mapping_waits_in_quarantine_until_it_has_one()
    {
        var (_, secret) = await console.AddHook("parcels");
        var waiting = await console.SendHook("parcels", secret, "p_1", """{"type": "parcel.lost", "parcel": "P-7"}""");
        Assert.Equal("unknown-type", (string?)(await Kind("parcels"))["reason"]);

        using var set = await console.Http.PutAsJsonAsync("/api/v1/mappings/parcels", new { type = "parcel.*", entityType = "parcel", entityId = "$.parcel", outcome = "failed", system = "carrier" });
        using var taken = await console.Http.PostAsJsonAsync("/api/v1/quarantine/kinds/retry", await Kind("parcels"));

        Assert.Equal((1, HttpStatusCode.OK), (waiting.Body["quarantined"]!.AsArray().Count, set.StatusCode));
        Assert.Equal(1, (int?)(await taken.Content.ReadFromJsonAsync<JsonObject>())!["takenIn"]);
        await console.Eventually("/api/v1/exceptions?q=P-7", found => found.ToJsonString().Contains("P-7", StringComparison.Ordinal));
        var figures = await console.Get("/api/v1/intake");
        long Of(string name) => figures[name]!.GetValue<long>();
        Assert.Equal(Of("received"), Of("stored") + Of("duplicates") + Of("conflicts") + Of("quarantined") + Of("inFlight"));
    }

    [Fact]
    public async Task Why_a_web_hook_was_not_believed_stands_on_its_sources_page_and_is_not_told_to_who_sent_it()
    {
        var (_, secret) = await console.AddHook("doctor");
        var at = TimeProvider.System.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/hooks/doctor") { Content = new StringContent(Paid, Encoding.UTF8, "application/json") };
        request.Headers.Add("webhook-id", "msg_d");
        request.Headers.Add("webhook-timestamp", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignature.Of(secret, "msg_d", at, Encoding.UTF8.GetBytes(JsonNode.Parse(Paid)!.ToJsonString())));
        using var stripe = new HttpRequestMessage(HttpMethod.Post, "/v1/hooks/doctor") { Content = new StringContent(Paid, Encoding.UTF8, "application/json") };
        stripe.Headers.Add("Stripe-Signature", $"t={at.ToUnixTimeSeconds()},v1=00");

        using var rewritten = await console.Http.SendAsync(request);
        using var foreign = await console.Http.SendAsync(stripe);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (rewritten.StatusCode, foreign.StatusCode));
        Assert.DoesNotContain("blanks", await rewritten.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await console.Eventually("/api/v1/sources/doctor/hook-failures", found =>
            found.ToJsonString().Contains("written without blanks", StringComparison.Ordinal) && found.ToJsonString().Contains("Choose Stripe", StringComparison.Ordinal));
        var told = (await console.Get("/api/v1/sources/doctor/hook-failures"))["items"]!.AsArray().Select(item => (string)item!["expected"]!).Single(expected => expected.Length > 0);
        Assert.True(told.Length <= 13, "No whole signature is shown: it could be sent.");
    }

    [Fact]
    public async Task Each_vendor_is_believed_by_its_own_signature()
    {
        var (id, _) = await console.AddHook("shop");
        using var set = await console.Http.PutAsJsonAsync($"/api/v1/sources/{id}/hook-secret", new { scheme = "github", secret = "a-secret-of-the-shop" });
        var body = """{"action": "closed", "number": 7}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/hooks/shop") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-GitHub-Delivery", "d-1");
        request.Headers.Add("X-GitHub-Event", "issues");
        request.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData("a-secret-of-the-shop"u8, Encoding.UTF8.GetBytes(body))));

        using var taken = await console.Http.SendAsync(request);
        using var bad = await console.Http.PutAsJsonAsync($"/api/v1/sources/{id}/hook-secret", new { scheme = "adyen", secret = "not hex" });
        using var unknown = await console.Http.PutAsJsonAsync($"/api/v1/sources/{id}/hook-secret", new { scheme = "paypal" });

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Accepted), (set.StatusCode, taken.StatusCode));
        Assert.Contains("64 hexadecimal digits", await bad.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("standard-webhooks, stripe, adyen, slack, github", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await console.Eventually("/api/v1/quarantine/kinds", kinds => kinds.ToJsonString().Contains("issues.closed", StringComparison.Ordinal));
    }

    private async Task<JsonObject> Kind(string source) => (JsonObject)(await console.Get("/api/v1/quarantine/kinds"))["items"]!.AsArray()
        .Select(row => row!["kind"]!).Single(kind => (string?)kind["source"] == source).DeepClone();
}
