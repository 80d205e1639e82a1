using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace OpsConsole.Web.Tests;

/// <summary>Nonsense at every door: each is answered with a "no" that says why, and never with a fault.</summary>
public sealed partial class FuzzTests(OpenConsole console) : IClassFixture<OpenConsole>
{
    private static readonly string[] s_bodies =
    [
        "", "{", "null", "[]", "\"\"", "0", "{}", "[null]", "{\"\": null}", "\u0000", "{\"name\": \"a\\u0000b\", \"reason\": \"\\ud800\", \"note\": \"\\u0000\", \"q\": \"\\u0000\"}",
        "{\"name\": 1e999, \"version\": 1e999, \"take\": -1, \"amount\": \"NaN\", \"ids\": null, \"items\": {}, \"at\": \"9999-99-99\", \"from\": \"0000-00-00T00:00:00Z\"}",
        "{\"name\": [], \"version\": {}, \"ids\": [null, 7, \"x\"], \"filter\": [], \"kind\": {\"source\": null}, \"payload\": {\"a\": 1}}",
        $"{{\"a\": {new string('[', 200)}{new string(']', 200)}}}", new string('[', 100_000), $"{{\"name\": \"{new string('x', 100_000)}\", \"reason\": \"{new string('ß', 50_000)}\"}}",
    ];

    private static readonly string[] s_values =
    [
        "", "%00", "%FF%FE", "-1", "99999999999999999999", "null", "'%3B--", "%22%20OR%201%3D1", "a%3Ab%3Ac", "status%3A%3E%3E%3C", "%28%28%28", "%25", "_", "2026-13-45", "9999-12-31T23%3A59%3A59Z",
        "0001-01-01T00%3A00%3A00Z", "NaN", "%5B%5D", "..%2F..%2Fetc%2Fpasswd", "%F0%9F%92%A3",
    ];

    private static readonly string[] s_places = ["x", "0192f0c1-7a3b-7c4d-8e5f-112233445566", "%00", "..%2F..", "-1", "99999999999999999999", "%25%27%22%3C%3E", "EX-99999999999"];

    [Fact]
    public async Task No_body_makes_a_fault()
    {
        var faults = new List<string>();
        foreach (var (path, method) in (await Routes()).Where(route => route.Method is not ("GET" or "PAGE")))
        {
            foreach (var (body, i) in s_bodies.Select((body, i) => (body, i)))
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), Place().Replace(path, s_places[i % 2])) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
                using var answer = await console.Http.SendAsync(request);
                await Judge(answer, $"{method} {path} with {(body.Length > 60 ? body[..60] : body)}", faults);
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task No_address_and_no_question_makes_a_fault()
    {
        var parameters = "q,after,take,sort,state,unit,type,queue,flow,period,from,until,at,on,take,legal-entity,currency,code,errors,disagrees,by,action,subject,version,only".Split(',');
        var faults = new List<string>();
        foreach (var (path, _) in (await Routes()).Where(route => route.Method is "GET"))
        {
            foreach (var place in path.Contains('{', StringComparison.Ordinal) ? s_places : [""])
            {
                using var answer = await console.Http.GetAsync(new Uri(Place().Replace(path, place), UriKind.Relative));
                await Judge(answer, $"GET {path} at {place}", faults);
            }

            foreach (var value in s_values)
            {
                var query = string.Join('&', parameters.Select(name => $"{name}={value}"));
                using var all = await console.Http.GetAsync(new Uri($"{Place().Replace(path, "x")}?{query}", UriKind.Relative));
                await Judge(all, $"GET {path}?…={value}", faults);
                using var question = await console.Http.GetAsync(new Uri($"{Place().Replace(path, "x")}?q={value}", UriKind.Relative));
                await Judge(question, $"GET {path}?q={value}", faults);
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static async Task Judge(HttpResponseMessage answer, string asked, List<string> faults)
    {
        if (answer.StatusCode is >= HttpStatusCode.InternalServerError and not HttpStatusCode.ServiceUnavailable)
        {
            var said = await answer.Content.ReadAsStringAsync();
            faults.Add($"{asked} answered {(int)answer.StatusCode}: {(said.Length > 300 ? said[..300] : said)}");
        }
    }

    private static async Task<List<(string Path, string Method)>> Routes() =>
    [
        .. from line in await AccessMapTests.Known()
           let parts = line.Split(' ', 3)
           where parts[1] is not ("REQUEST" or "PAGE")
           select (parts[0], parts[1]),
    ];

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Place();
}
