using System.Globalization;
using System.Text.Json.Nodes;
using OpsConsole.Simulator.Tests.Stage;

namespace OpsConsole.Simulator.Tests;

public class PastTests
{
    private const string Until = "BackfillUntil=2026-10-30T16:00:00Z";

    private static readonly DateTimeOffset s_after = new(2026, 10, 31, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_past_made_twice_is_the_same_events_with_the_same_ids()
    {
        await using var console = await ConsoleSink.Start();
        await using var other = await ConsoleSink.Start();

        await MakePast(console);
        await MakePast(other);

        Assert.Equal(PastOf(console), PastOf(other));
    }

    [Fact]
    public async Task The_past_lies_in_the_past_days_and_is_made_only_once()
    {
        await using var console = await ConsoleSink.Start();
        var folder = await MakePast(console);
        var made = PastOf(console).Count;

        await using var again = await OpenCompany.Start(console, folder, "Backfill=60", Until);
        var status = await again.Status();

        Assert.True(status["backfilled"]!.GetValue<bool>());
        Assert.Equal(made, PastOf(console).Count);
        var times = console.Events.Select(Time).Where(time => time < s_after).ToList();
        Assert.True(times.Select(time => time.Date).Distinct().Count() >= 7, "spread over days");
    }

    [Fact]
    public async Task Every_event_has_what_the_contract_requires()
    {
        await using var console = await ConsoleSink.Start();

        await MakePast(console);

        Assert.All(console.Events, Conforms);
    }

    [Fact]
    public async Task Numbers_go_on_after_a_restart()
    {
        await using var console = await ConsoleSink.Start();
        string folder, first;
        await using (var company = await OpenCompany.Start(console))
        {
            folder = company.Folder;
            first = (await company.Fail("tax-profile"))["id"]!.GetValue<string>();
        }

        await using var again = await OpenCompany.Start(console, folder);
        var second = (await again.Fail("tax-profile"))["id"]!.GetValue<string>();

        Assert.NotEqual(first, second);
    }

    private static async Task<string> MakePast(ConsoleSink console)
    {
        await using var company = await OpenCompany.Start(console, null, "Backfill=60", Until);
        await company.Stop();
        return company.Folder;
    }

    /// <summary>What is still to come in a deal of the past comes now, so it is not part of the past.</summary>
    private static List<KeyValuePair<string, string>> PastOf(ConsoleSink console)
    {
        var ids = console.Events.Where(e => Time(e) < s_after).Select(e => $"{e["source"]} {e["id"]}").ToHashSet();
        return [.. console.ById.Where(e => ids.Contains(e.Key)).OrderBy(e => e.Key, StringComparer.Ordinal)];
    }

    private static DateTimeOffset Time(JsonObject e) => DateTimeOffset.Parse(e["time"]!.GetValue<string>(), CultureInfo.InvariantCulture);

    private static void Conforms(JsonObject e)
    {
        Assert.Equal(("1.0", "opsconsole.sync.v1"), (Text(e, "specversion"), Text(e, "type")));
        Assert.NotEmpty(Text(e, "id"));
        Assert.StartsWith("urn:simulator:", Text(e, "source"), StringComparison.Ordinal);
        Assert.EndsWith("Z", Text(e, "time"), StringComparison.Ordinal);
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$", e["traceparent"]?.GetValue<string>() ?? "00-00000000000000000000000000000000-0000000000000000-00");
        var data = e["data"]!.AsObject();
        Assert.Matches("^[a-z][a-z0-9-]{0,63}$", Text(data["entity"]!, "type"));
        Assert.InRange(Text(data["entity"]!, "id").Length, 1, 256);
        Assert.NotEmpty(Text(data, "system"));
        Assert.Contains(Text(data, "outcome"), new[] { "succeeded", "pending", "failed" });
        Assert.Contains(Text(data, "businessUnit"), new[] { "EMEA", "AMER", "APAC" });
        Assert.Equal(data["amount"] is null, data["currency"] is null);
        if (Text(data, "outcome") is "failed")
        {
            Assert.NotEmpty(Text(data["error"]!, "code"));
            Assert.NotEmpty(Text(data["error"]!, "category"));
            Assert.NotEmpty(Text(data, "idempotencyKey"));
            Assert.Contains(Text(data, "replayTarget"), new[] { "erp-invoices", "erp-customers", "erp-orders", "erp-projects", "erp-payments", "billing-accounts" });
        }
    }

    private static string Text(JsonNode node, string field) => node[field]!.GetValue<string>();
}
