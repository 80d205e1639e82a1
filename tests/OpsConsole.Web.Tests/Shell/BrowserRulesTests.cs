using System.Net;
using System.Net.WebSockets;
using OpsConsole.Web.Tests.Intake;

namespace OpsConsole.Web.Tests.Shell;

/// <summary>What browsers are told that they may do, and what is refused when another site's page asks. Over the wire, against the real console.</summary>
public sealed class BrowserRulesTests(LiveConsole console) : IClassFixture<LiveConsole>
{
    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/nowhere")]
    [InlineData("/css/app.css")]
    public async Task A_page_runs_only_scripts_of_the_console_and_stands_in_no_frame(string path)
    {
        using var answer = await Anonymous().GetAsync(new Uri(path, UriKind.Relative));

        var policy = Header(answer, "Content-Security-Policy");
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", Part(policy, "script-src"), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", Part(policy, "style-src"), StringComparison.Ordinal);
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
    }

    [Fact]
    public async Task Every_script_element_carries_the_nonce_of_its_own_answer_and_no_two_answers_share_one()
    {
        using var client = Anonymous();

        var (first, firstPage) = await Page(client);
        var (second, _) = await Page(client);

        Assert.NotEqual(first, second);
        Assert.All(
            System.Text.RegularExpressions.Regex.Matches(firstPage, "<script(?<with>[^>]*)>").Select(match => match.Groups["with"].Value),
            with => Assert.True(with.Contains("src=", StringComparison.Ordinal) || with.Contains($"nonce=\"{first}\"", StringComparison.Ordinal), $"<script{with}>"));
    }

    [Theory]
    [InlineData("/api/v1/exceptions")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/livez")]
    public async Task An_answer_for_programs_may_do_nothing_in_a_browser(string path)
    {
        using var answer = await console.Http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal("default-src 'none'; base-uri 'none'; frame-ancestors 'none'", Header(answer, "Content-Security-Policy"));
        Assert.Equal("no-store", Header(answer, "Cache-Control"));
    }

    [Fact]
    public async Task Over_https_cookies_are_bound_to_this_host_and_browsers_come_back_over_https_for_a_year()
    {
        using var client = Anonymous();
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        using var answer = await client.GetAsync(new Uri("/sign-in", UriKind.Relative));

        var cookies = answer.Headers.GetValues("Set-Cookie").ToList();
        Assert.NotEmpty(cookies);
        Assert.All(cookies, cookie =>
        {
            Assert.StartsWith("__Host-opsconsole", cookie, StringComparison.Ordinal);
            Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; path=/", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        });
        Assert.Contains("max-age=31536000", Header(answer, "Strict-Transport-Security"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/_blazor?id=x")]
    [InlineData("/hubs/worklist")]
    public async Task A_socket_from_another_sites_page_is_refused_and_so_is_one_that_names_no_origin(string path)
    {
        Assert.Equal(HttpStatusCode.Forbidden, await Socket(path, "https://evil.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await Socket(path, "null"));
        Assert.Equal(HttpStatusCode.Forbidden, await Socket(path, null));
        Assert.NotEqual(HttpStatusCode.Forbidden, await Socket(path, console.Url));
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_change_that_another_sites_page_asks_for_is_refused_before_it_is_looked_at(string header, string value)
    {
        using var client = Anonymous();
        client.DefaultRequestHeaders.Add(header, value);

        foreach (var path in new[] { "/sign-in", "/api/v1/exceptions/claim", "/sign-out" })
        {
            using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), new StringContent("{}"));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_program_with_a_key_may_come_from_anywhere()
    {
        using var ask = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = new StringContent("[]", null, "application/cloudevents-batch+json") };
        ask.Headers.Add("Origin", "https://partner.example");

        using var answer = await console.Http.SendAsync(ask);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    private static async Task<(string Nonce, string Text)> Page(HttpClient client)
    {
        using var answer = await client.GetAsync(new Uri("/sign-in", UriKind.Relative));
        var nonce = Part(Header(answer, "Content-Security-Policy"), "script-src").Split("'nonce-")[1].Split('\'')[0];
        return (nonce, await answer.Content.ReadAsStringAsync());
    }

    private async Task<HttpStatusCode> Socket(string path, string? origin)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        try
        {
            await socket.ConnectAsync(new Uri(console.Url.Replace("http:", "ws:", StringComparison.Ordinal) + path), CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // The status says why.
        }

        return socket.HttpStatusCode;
    }

    private HttpClient Anonymous() => new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(console.Url) };

    private static string Header(HttpResponseMessage answer, string name) => string.Join(", ", answer.Headers.GetValues(name));

    private static string Part(string policy, string name) => policy.Split("; ").Single(part => part.StartsWith(name + ' ', StringComparison.Ordinal));
}
