using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OpsConsole.Web.Tests.Intake;

namespace OpsConsole.Web.Tests.Audit;

/// <summary>Whoever takes a file away is written down: who, which, narrowed how, how many rows.</summary>
public sealed partial class ExportsTests(LiveConsole console) : IClassFixture<LiveConsole>
{
    /// <summary>Each export, as somebody asks for it, and the entry that it leaves.</summary>
    private static readonly (string Address, string Action, string Subject)[] s_exports =
    [
        ("/worklist.csv?unit=EMEA", "export", "worklist"),
        ("/board/rows.csv?number=amount-at-risk", "export", "rows of amount-at-risk"),
        ("/board/report.xlsx?period=7d", "export", "board as Xlsx"),
        ("/audit/export.ndjson", "audit.export", "audit"),
        ("/api/v1/audit/export", "audit.export", "audit"),
        ("/access/review.csv", "access.export", "access review"),
        ("/exceptions/{name}/evidence.zip", "evidence.pack", "{name}"),
        ("/api/v1/exceptions/{name}/evidence", "evidence.pack", "{name}"),
        ("/close/EMEA/evidence.zip?period=2026-10", "evidence.pack", "EMEA 2026-10"),
        ("/api/v1/closes/EMEA/evidence?period=2026-10", "evidence.pack", "EMEA 2026-10"),
    ];

    [Fact]
    public async Task Every_export_leaves_an_entry()
    {
        var name = await Exception();
        foreach (var (address, action, subject) in s_exports.Select(export => (export.Address.Replace("{name}", name, StringComparison.Ordinal), export.Action, export.Subject.Replace("{name}", name, StringComparison.Ordinal))))
        {
            var before = (long)(await Noted(action, subject))["total"]!;

            using var file = await console.Http.GetAsync(address);

            Assert.True(file.StatusCode is HttpStatusCode.OK, $"{address} answered {file.StatusCode}");
            var noted = await Noted(action, subject);
            Assert.Equal(before + 1, (long)noted["total"]!);
            Assert.Equal("bootstrap", (string)noted["items"]![0]!["actorName"]!);
        }

        Assert.Equal("1 rows; unit=EMEA", (string)(await Noted("export", "worklist"))["items"]![0]!["detail"]!);
    }

    [Fact]
    public void Every_export_is_in_the_list() =>
        Assert.Equal(s_exports.Length, Directory.EnumerateFiles(Path.Combine(Root(), "src/OpsConsole.Web"), "*.cs", SearchOption.AllDirectories).Sum(file => Limited().Count(File.ReadAllText(file))));

    private async Task<string> Exception()
    {
        using var body = new StringContent(
            """{"specversion":"1.0","id":"4711","source":"urn:acme:middleware","type":"opsconsole.sync.v1","time":"2026-11-20T09:30:00Z","data":{"entity":{"type":"invoice","id":"INV-4711"},"system":"netsuite","operation":"create","outcome":"failed","businessUnit":"EMEA","error":{"code":"TAX_PROFILE_MISSING"}}}""",
            Encoding.UTF8, "application/cloudevents+json");
        using var taken = await console.Http.PostAsync("/v1/events", body);
        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        for (var tried = 0; ; tried++)
        {
            var found = await console.Get("/api/v1/exceptions?q=INV-4711");
            if ((long)found["total"]! > 0)
            {
                return (string)found["items"]![0]!["name"]!;
            }

            Assert.True(tried < 600, "the exception did not come");
            await Task.Delay(100);
        }
    }

    private Task<JsonObject> Noted(string action, string subject) => console.Get($"/api/v1/audit?action={action}&subject={Uri.EscapeDataString(subject)}");

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "../../../.."));

    [GeneratedRegex(@"\.RequireRateLimiting\(Limits\.Exports\)")]
    private static partial Regex Limited();
}
