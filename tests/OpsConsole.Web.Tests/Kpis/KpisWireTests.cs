using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using OpsConsole.Basics;
using OpsConsole.Kpis;
using OpsConsole.Rates;
using OpsConsole.Web.Tests.Intake;

namespace OpsConsole.Web.Tests.Kpis;

/// <summary>The board's numbers as programs and spreadsheets get them from the real console.</summary>
public sealed class KpisWireTests(LiveConsole console) : IClassFixture<LiveConsole>
{
    private static readonly KpiWindow s_window = new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, null, Scope.All, "", new KpiOptions(), new RateTable([], "EUR"));

    [Fact]
    public async Task Every_number_has_a_value_or_says_why_and_its_file_has_its_rows_to_the_cent()
    {
        await Fail("BOARD-1", 5200.25m);
        await Fail("BOARD-2", 910m);
        await Fail("BOARD-3", 0.5m);
        await console.Eventually("/api/v1/board/figures/amount-at-risk", figure => (int)figure["rows"]! == 3 && (decimal?)figure["value"] == 6110.75m);

        var figures = (await console.Get("/api/v1/board/figures"))["items"]!.AsArray();

        Assert.Equal(KpiCatalog.All.Select(kpi => kpi.Code), figures.Select(figure => (string)figure!["code"]!));
        foreach (var figure in figures)
        {
            var code = (string)figure!["code"]!;
            Assert.NotEqual((code, figure["value"] is null), (code, figure["why"] is null));
            var lines = await File(code, "");
            Assert.Equal((code, (int)figure["rows"]!), (code, lines.Count - 1));
            if (figure["amount"] is { } amount)
            {
                Assert.Equal((code, (decimal)amount), (code, lines.Skip(1).Sum(line => Number(line, 1) ?? 0)));
            }

            // A wait so far grows between two requests; everything else stands still here.
            if (KpiCatalog.Of(code) is { Form: not KpiForm.Duration } kpi)
            {
                Assert.Equal((code, (decimal?)figure["value"]), (code, kpi.Combine([.. lines.Skip(1).Select(line => Number(line, 4)).OfType<decimal>()], s_window)));
            }
        }

        Assert.Equal(6110.75m, (await File("amount-at-risk", "")).Skip(1).Sum(line => decimal.Parse(line.Split(',')[^1], CultureInfo.InvariantCulture)));
        Assert.Single(await File("amount-at-risk", "&unit=NOWHERE"));
    }

    [Fact]
    public async Task What_happened_is_set_changed_and_removed_by_programs()
    {
        var from = DateTimeOffset.UtcNow.AddHours(-3).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        using var made = await console.Http.PostAsync(new Uri("/api/v1/board/annotations", UriKind.Relative), Json($$"""{"kind": "release", "text": "NetSuite 2026.2", "from": "{{from}}"}"""));
        var id = (string)JsonNode.Parse(await made.Content.ReadAsStringAsync())!["id"]!;

        using var changed = await console.Http.PutAsync(new Uri($"/api/v1/board/annotations/{id}", UriKind.Relative), Json($$"""{"kind": "outage", "text": "NetSuite down", "from": "{{from}}"}"""));
        var listed = (await console.Get("/api/v1/board/annotations"))["items"]!.AsArray();
        using var removed = await console.Http.DeleteAsync(new Uri($"/api/v1/board/annotations/{id}", UriKind.Relative));

        Assert.Equal(("outage", "NetSuite down"), ((string)listed.Single()!["kind"]!, (string)listed.Single()!["text"]!));
        Assert.True(changed.IsSuccessStatusCode && removed.IsSuccessStatusCode);
        Assert.Empty((await console.Get("/api/v1/board/annotations"))["items"]!.AsArray());
    }

    // Of the columns at the end, which hold no text.
    private static decimal? Number(string line, int fromEnd) =>
        line.Split(',')[^fromEnd] is { Length: > 0 } number ? decimal.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture) : null;

    private async Task<List<string>> File(string code, string query)
    {
        var text = await console.Http.GetStringAsync(new Uri($"/board/rows.csv?number={code}{query}", UriKind.Relative));
        return [.. text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)];
    }

    private async Task Fail(string id, decimal amount)
    {
        using var body = new StringContent(
            $$"""
            {"specversion":"1.0","id":"{{id}}","source":"urn:board","type":"opsconsole.sync.v1","time":"{{DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ssZ}}",
             "data":{"entity":{"type":"invoice","id":"{{id}}"},"system":"erp","operation":"create","outcome":"failed","businessUnit":"BOARD",
                     "amount":"{{amount.ToString(CultureInfo.InvariantCulture)}}","currency":"EUR","error":{"code":"TAX_PROFILE_MISSING"} } }
            """, Encoding.UTF8, "application/cloudevents+json");
        using var answer = await console.Http.PostAsync(new Uri("/v1/events", UriKind.Relative), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
