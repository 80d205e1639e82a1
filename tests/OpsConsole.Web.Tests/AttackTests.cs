using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace OpsConsole.Web.Tests;

/// <summary>What an attacker tries over the wire, and what becomes of it. Sockets of foreign pages, forged origins and guessed keys have tests of their own beside this.</summary>
public sealed class AttackTests(OpenConsole console) : IClassFixture<OpenConsole>
{
    [Fact]
    public async Task A_session_that_was_planted_before_the_sign_in_is_not_the_one_that_is_signed_in()
    {
        var browser = new CookieContainer();
        using var thief = await console.SignedIn("support@demo.local", OpenConsole.Password, browser);
        var planted = SessionIn(browser);

        using var victim = await console.SignedIn("administrator@demo.local", OpenConsole.Password, browser);

        Assert.NotEqual(planted, SessionIn(browser));
        Assert.Equal(HttpStatusCode.OK, await With(SessionIn(browser), "/access"));
        Assert.NotEqual(HttpStatusCode.OK, await With(planted, "/access"));
    }

    [Fact]
    public async Task A_cookie_that_was_stolen_is_worth_nothing_once_its_session_is_over()
    {
        var browser = new CookieContainer();
        using var person = await console.SignedIn("executive@demo.local", OpenConsole.Password, browser);
        var stolen = SessionIn(browser);
        Assert.Equal(HttpStatusCode.OK, await With(stolen, "/api/v1/exceptions"));

        using var again = await console.SignedIn("executive@demo.local", OpenConsole.Password, browser);

        Assert.Equal(HttpStatusCode.Unauthorized, await With(stolen, "/api/v1/exceptions"));
        Assert.Equal(HttpStatusCode.OK, await With(SessionIn(browser), "/api/v1/exceptions"));
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/iam")]
    [InlineData("https://169.254.169.254/latest/meta-data/iam")]
    [InlineData("https://[fd00:ec2::254]/")]
    [InlineData("http://metadata.google.internal/computeMetadata/v1/")]
    [InlineData("https://10.0.0.5/erp")]
    [InlineData("https://2852039166/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:secret@erp.example/")]
    public async Task The_console_is_not_lured_inside_by_a_target_or_a_web_hook(string address)
    {
        using var target = await console.Http.PutAsJsonAsync("/api/v1/targets/lure", new { url = address });
        using var hook = await console.Http.PutAsJsonAsync("/api/v1/chat-hooks/lure", new { label = "Lure", url = address });

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (target.StatusCode, hook.StatusCode));
    }

    [Fact]
    public async Task A_formula_in_a_fact_is_text_in_every_table_that_is_downloaded()
    {
        const string Formula = "=HYPERLINK(\"https://evil.example\",\"Invoice\")";
        using var events = new StringContent(new JsonArray(new JsonObject
        {
            ["specversion"] = "1.0", ["id"] = "attack-csv", ["source"] = "/attack", ["type"] = "opsconsole.sync.v1", ["time"] = "2026-11-20T08:00:00Z",
            ["data"] = new JsonObject
            {
                ["entity"] = new JsonObject { ["type"] = "invoice", ["id"] = Formula }, ["system"] = "netsuite", ["operation"] = "create", ["outcome"] = "failed", ["businessUnit"] = "@SUM(A1)",
                ["error"] = new JsonObject { ["code"] = "-2+3", ["message"] = "+1" },
            },
        }).ToJsonString(), null, "application/cloudevents-batch+json");
        using var taken = await console.Http.PostAsync(new Uri("/v1/events", UriKind.Relative), events);
        await console.Eventually("/api/v1/exceptions", found => found.ToJsonString().Contains("HYPERLINK", StringComparison.Ordinal));

        var table = await console.Http.GetStringAsync(new Uri("/worklist.csv", UriKind.Relative));
        Assert.Contains("HYPERLINK", table, StringComparison.Ordinal);
        Assert.DoesNotMatch("(^|[,\"\r\n])[=@+-][^0-9,]", table);
    }

    [Fact]
    public async Task An_address_that_leads_elsewhere_is_not_followed_after_the_sign_in()
    {
        foreach (var trap in new[] { "https://evil.example/", "//evil.example", "/\\evil.example", "/%09/evil.example", "javascript:alert(1)" })
        {
            var led = await console.SignInLeadsTo("approver@demo.local", OpenConsole.Password, trap);
            Assert.True(new Uri(new Uri(console.Url), led).Authority == new Uri(console.Url).Authority, $"{trap} led to {led}");
        }
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    [InlineData("127.0.0.1.evil.example", HttpStatusCode.BadRequest)]
    [InlineData("localhost", HttpStatusCode.OK)]
    public async Task A_name_that_is_not_the_consoles_is_not_answered(string host, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/sign-in", UriKind.Relative));
        request.Headers.Host = host;

        using var answer = await console.Http.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
    }

    [Theory]
    [InlineData("/worklist.csv")]
    [InlineData("/access/review.csv")]
    [InlineData("/audit/export.ndjson")]
    [InlineData("/board/report.pdf?month=2026-10")]
    public async Task A_download_is_an_attachment_that_runs_nothing_and_is_not_kept(string path)
    {
        using var administrator = await console.SignedIn("administrator@demo.local", OpenConsole.Password);

        using var answer = await administrator.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    private string SessionIn(CookieContainer browser) => browser.GetCookies(new Uri(console.Url)).Single(cookie => cookie.Name == "opsconsole").ToString();

    private async Task<HttpStatusCode> With(string cookie, string path)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(console.Url) };
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }
}
