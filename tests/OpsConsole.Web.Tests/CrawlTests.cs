using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using OpsConsole.Access;
using OpsConsole.Web.Tests.Intake;

namespace OpsConsole.Web.Tests;

/// <summary>A console with its demo people, on which one person may ask for everything at once.</summary>
public sealed class OpenConsole : LiveConsole
{
    public const string Password = "Ops-stage-words-4711";

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development", ["OPSCONSOLE_DEMO_PASSWORD"] = Password, ["Limits__Burst"] = "100000", ["Limits__ExportsPerMinute"] = "10000", ["AllowedHosts"] = "127.0.0.1;localhost",
    };
}

/// <summary>Every page and every route, asked for by every role, by programs and by nobody: each gets what access-map.txt says, and nothing else.</summary>
public sealed partial class CrawlTests(OpenConsole console) : IClassFixture<OpenConsole>
{
    // Not in the API's description; each has its right on its line.
    private static readonly string[] s_hidden =
    [
        "/worklist.csv GET Needs ReadCases.", "/board/rows.csv GET Needs ReadBoard.", "/board/report.pdf GET Needs ReadBoard.", "/hubs/worklist/negotiate POST Needs ReadCases.",
        "/audit/export.ndjson GET Needs ReadAudit.", "/access/review.csv GET Needs ReadAudit.", "/exceptions/{name}/evidence.zip GET Needs ReadCases.", "/close/{unit}/evidence.zip GET Needs ReadBoard.", "/livez GET Open to anybody.", "/readyz GET Open to anybody.", "/metrics GET Open to anybody.",
    ];

    private static readonly (string Place, string Type)[] s_ways = [("x", "application/json"), ("0192f0c1-7a3b-7c4d-8e5f-112233445566", "application/json"), ("1", "application/json"), ("1", "text/csv")];

    public static TheoryData<string, Role> People => new()
    {
        { "steward@demo.local", Role.Steward }, { "steward.emea@demo.local", Role.Steward }, { "approver@demo.local", Role.Approver }, { "executive@demo.local", Role.Executive },
        { "support@demo.local", Role.Support }, { "privacy@demo.local", Role.DataProtection }, { "administrator@demo.local", Role.Administrator },
    };

    [Theory]
    [MemberData(nameof(People))]
    public async Task Each_role_reaches_what_the_map_gives_it_and_nothing_else(string person, Role role)
    {
        using var client = await console.SignedIn(person, OpenConsole.Password);
        var rights = Roles.Rights([role]).Select(right => right.ToString()).ToHashSet();

        var faults = await Crawl(client, needs => needs.All(rights.Contains));

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task A_program_reaches_what_the_map_gives_keys_and_no_page()
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(console.Url) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", LiveConsole.Key);
        var rights = Roles.OfApiKeys.Select(right => right.ToString()).ToHashSet();

        var faults = await Crawl(client, needs => needs.All(rights.Contains), pages: false);

        // A program has no bell: notices are a person's.
        Assert.True(faults.TrueForAll(fault => fault.Contains(" /api/v1/notices", StringComparison.Ordinal)), string.Join('\n', faults));
    }

    [Fact]
    public async Task Who_is_not_known_reaches_nothing_but_what_is_open()
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(console.Url) };

        foreach (var (path, method, what) in await Lines())
        {
            using var answer = await Ask(client, path, method);
            var open = what.StartsWith("Open to anybody", StringComparison.Ordinal);
            Assert.True(
                open ? answer.StatusCode is not HttpStatusCode.Redirect || !IsSignIn(answer) : method is "PAGE" ? IsSignIn(answer) : answer.StatusCode is HttpStatusCode.Unauthorized || IsSignIn(answer),
                $"{method} {path} ({what}) answered {(int)answer.StatusCode} to nobody");
        }
    }

    [Fact]
    public async Task What_is_not_in_the_APIs_description_is_looked_at_here()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Root(), "src/OpsConsole.Web"), "*.cs", SearchOption.AllDirectories);
        var hidden = new List<string>();
        foreach (var file in sources)
        {
            hidden.AddRange(HiddenRoute().Matches(await File.ReadAllTextAsync(file)).Select(match => match.Groups["path"].Value.Trim('"')));
        }

        // Signing out needs the form's token; what a company's provider sends back and the steps of signing in are tried by their own tests.
        Assert.All(hidden.Where(path => path is not "/sign-out" && !path.StartsWith("/sign-in", StringComparison.Ordinal) && !path.StartsWith("/account", StringComparison.Ordinal)),
            path => Assert.Contains(s_hidden, known => known.StartsWith(path.Split('{')[0], StringComparison.Ordinal)));
    }

    private static async Task<List<string>> Crawl(HttpClient client, Func<string[], bool> may, bool pages = true)
    {
        var faults = new List<string>();
        foreach (var (path, method, what) in await Lines())
        {
            if ((!pages && method is "PAGE") || what.StartsWith("Open", StringComparison.Ordinal))
            {
                continue;
            }

            var needs = what.StartsWith("Needs any", StringComparison.Ordinal) ? [] : what["Needs ".Length..].TrimEnd('.').Split(" and ");
            if (may(needs) && method is not ("GET" or "PAGE"))
            {
                continue;           // who may is not made to change things here
            }

            using var answer = await Ask(client, path, method);
            if (needs.Length > 0 && (answer.StatusCode is HttpStatusCode.Forbidden) == may(needs))
            {
                faults.Add($"{method} {path} ({what}) answered {(int)answer.StatusCode} to who {(may(needs) ? "may" : "may not")}");
            }
            else if (answer.StatusCode is HttpStatusCode.Unauthorized or >= HttpStatusCode.InternalServerError || IsSignIn(answer))
            {
                faults.Add($"{method} {path} answered {(int)answer.StatusCode}");
            }
        }

        return faults;
    }

    private static async Task<List<(string Path, string Method, string What)>> Lines() =>
    [
        .. from line in (await AccessMapTests.Known()).Concat(s_hidden)
           let parts = line.Split(' ', 3)
           where parts[1] is not "REQUEST" && !parts[0].StartsWith("/v1/", StringComparison.Ordinal)
           select (parts[0], parts[1], parts[2]),
    ];

    // A place in an address wants a name, an id or a number, and a body JSON or a table: what does not fit the route is asked again in another way.
    private static async Task<HttpResponseMessage> Ask(HttpClient client, string path, string method)
    {
        HttpResponseMessage? answer = null;
        foreach (var (place, type) in s_ways)
        {
            answer?.Dispose();
            using var request = new HttpRequestMessage(method is "PAGE" ? HttpMethod.Get : new HttpMethod(method), Place().Replace(path, place));
            request.Content = method is "GET" or "PAGE" ? null : new StringContent("{}", null, type);
            answer = await client.SendAsync(request);
            if (answer.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.UnsupportedMediaType))
            {
                break;
            }
        }

        return answer!;
    }

    private static bool IsSignIn(HttpResponseMessage answer) => answer.Headers.Location?.OriginalString.Contains("/sign-in", StringComparison.Ordinal) is true;

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "../../.."));

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"Map(Get|Post|Put|Delete)\((?<path>""[^""]+"")[^;]*ExcludeFromDescription\(\)")]
    private static partial Regex HiddenRoute();
}
