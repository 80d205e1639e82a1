using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OpsConsole.Web.Tests.Intake;

namespace OpsConsole.Web.Tests.Access;

/// <summary>Signing in as a browser does, against the real console: cookies, sessions, confirming.</summary>
public sealed partial class CookieSignInTests(LiveConsole console) : IClassFixture<LiveConsole>
{
    [Fact]
    public async Task Signing_in_makes_a_new_session_and_signing_out_ends_it_for_every_copy_of_the_cookie()
    {
        using var ines = new Visitor(console.Url);
        await ines.SignIn();
        var cookie = ines.Cookie("opsconsole");
        using var copy = new Visitor(console.Url);
        copy.Take("opsconsole", cookie);
        Assert.Equal(HttpStatusCode.OK, await copy.Ask("/api/v1/exceptions"));

        await ines.SignOut();

        Assert.Equal(HttpStatusCode.Unauthorized, await copy.Ask("/api/v1/exceptions"));
    }

    [Fact]
    public async Task A_session_that_was_planted_beforehand_is_over_once_somebody_signs_in_with_it()
    {
        using var attacker = new Visitor(console.Url);
        await attacker.SignIn();
        using var victim = new Visitor(console.Url);
        victim.Take("opsconsole", attacker.Cookie("opsconsole"));

        await victim.SignIn();

        Assert.NotEqual(attacker.Cookie("opsconsole"), victim.Cookie("opsconsole"));
        Assert.Equal(HttpStatusCode.Unauthorized, await attacker.Ask("/api/v1/exceptions"));
        Assert.Equal(HttpStatusCode.OK, await victim.Ask("/api/v1/exceptions"));
    }

    [Fact]
    public async Task A_session_is_confirmed_over_the_API_by_the_password_of_its_person()
    {
        using var ines = new Visitor(console.Url);
        await ines.SignIn();

        using var wrong = await ines.Post("/api/v1/account/confirm", new { password = "not hers at all" });
        using var right = await ines.Post("/api/v1/account/confirm", new { password = LiveConsole.AdministratorPassword });

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.OK), (wrong.StatusCode, right.StatusCode));
    }

    [Fact]
    public async Task The_page_of_the_code_lets_nobody_in_whose_password_was_not_shown()
    {
        using var nobody = new Visitor(console.Url);

        Assert.Equal(HttpStatusCode.Unauthorized, await nobody.Fill("/sign-in/code", ("Form.Text", "123456")));
    }

    /// <summary>A browser without scripts: keeps cookies, fills forms.</summary>
    private sealed partial class Visitor : IDisposable
    {
        private readonly Uri _console;
        private readonly CookieContainer _cookies = new();
        private readonly HttpClient _http;

        public Visitor(string console)
        {
            _console = new Uri(console);
            _http = new HttpClient(new HttpClientHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = _console };
        }

        public string Cookie(string name) => _cookies.GetCookies(_console)[name]!.Value;

        public void Take(string name, string value) => _cookies.Add(_console, new Cookie(name, value));

        public async Task SignIn() =>
            Assert.Equal(HttpStatusCode.Redirect, await Fill("/sign-in", ("Form.Email", LiveConsole.AdministratorEmail), ("Form.Password", LiveConsole.AdministratorPassword)));

        // The token of any form of this visitor does.
        public async Task SignOut()
        {
            var token = Token().Match(await _http.GetStringAsync(new Uri("/sign-in", UriKind.Relative))).Groups["value"].Value;
            using var answer = await _http.PostAsync(new Uri("/sign-out", UriKind.Relative), new FormUrlEncodedContent([new("__RequestVerificationToken", token)]));
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }

        public async Task<HttpStatusCode> Ask(string path)
        {
            using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
            return answer.StatusCode;
        }

        public Task<HttpResponseMessage> Post(string path, object body) => _http.PostAsJsonAsync(new Uri(path, UriKind.Relative), JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(body)));

        public async Task<HttpStatusCode> Fill(string path, params (string Name, string Value)[] fields)
        {
            var page = await _http.GetStringAsync(new Uri(path, UriKind.Relative));
            var hidden = from input in Hidden().Matches(page) select new KeyValuePair<string, string>(input.Groups["name"].Value, WebUtility.HtmlDecode(input.Groups["value"].Value));
            using var answer = await _http.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent([.. hidden, .. fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))]));
            return answer.StatusCode;
        }

        public void Dispose() => _http.Dispose();

        [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)" ?/>""")]
        private static partial Regex Hidden();

        [GeneratedRegex("""name="__RequestVerificationToken" value="(?<value>[^"]+)" """)]
        private static partial Regex Token();
    }
}
