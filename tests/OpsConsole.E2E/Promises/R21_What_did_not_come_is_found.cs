using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Promises;

/// <summary>What did not come is found: a step that is held back when its deadline passes, and a feed that is cut while it always sends.</summary>
public sealed class R21_What_did_not_come_is_found : Promise
{
    private const string Flow = """
        {"name":"held-back","lead":"order","paths":[],"milestones":[
          {"name":"placed","type":"order","state":"placed"},{"name":"paid","type":"order","state":"paid","after":"placed","dueHours":0.002}],"lags":[]}
        """;

    private static readonly TimeSpan s_deadline = TimeSpan.FromHours(.002);

    // The watches look every 3 and every 30 seconds; five times that on a busy machine.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(150);

    [Fact]
    public Task A_step_held_back_is_overdue_at_its_deadline_and_a_feed_that_is_cut_raises_the_alarm_and_both_close_when_it_comes() => Keep(async () =>
    {
        await using var stage = await Stage.Start();
        await stage.PutFlow(Flow);

        var overdue = await HoldBack(stage);
        var silent = await Cut(stage);
        await stage.ConservationHolds();
        return string.Create(CultureInfo.InvariantCulture, $"a step with {s_deadline.TotalSeconds:0.0} s to come was overdue {overdue.TotalSeconds:0.0} s after it, and closed when it came late; a feed of 6 weeks' habit, quiet for 40 minutes: alarm {silent.TotalSeconds:0.0} s after the look was due, and closed when it came back");
    });

    private static async Task<TimeSpan> HoldBack(Stage stage)
    {
        var watch = Stopwatch.StartNew();
        await stage.Post([Order("o-1", "placed")]);
        await Eventually.Is(async () => await State(stage, "not-arrived") == "open", "the missing step is an exception", s_patience, () => Task.FromResult(stage.ConsoleTail()));
        var late = watch.Elapsed - s_deadline;
        Assert.True(late > TimeSpan.Zero, $"It was overdue {late} before its deadline.");

        await stage.Post([Order("o-1", "paid")]);
        await Eventually.Is(async () => await State(stage, "not-arrived") == "resolved", "the step came late and its exception closed", s_patience, () => Task.FromResult(stage.ConsoleTail()));
        return late;
    }

    private static async Task<TimeSpan> Cut(Stage stage)
    {
        await Remember(stage);
        var watch = Stopwatch.StartNew();
        await Eventually.Is(async () => await State(stage, "feed-silent") == "open", "the cut feed is an exception", s_patience, () => Task.FromResult(stage.ConsoleTail()));
        var took = watch.Elapsed;

        await stage.Post([Order("o-2", "placed", "EMEA")]);
        await Eventually.Is(async () => await State(stage, "feed-silent") == "resolved", "the feed came back and its exception closed", s_patience, () => Task.FromResult(stage.ConsoleTail()));
        return took;
    }

    // Six weeks in which the feed sent in every quarter of these hours, and nothing for the last 40 minutes.
    private static async Task Remember(Stage stage)
    {
        await using var database = NpgsqlDataSource.Create(stage.ConnectionString);
        await using var command = database.CreateCommand(
            """
            INSERT INTO feed_quarters ("SourceId", "Unit", "At", "Facts", "LastAt")
            SELECT (SELECT "SourceId" FROM feed_quarters LIMIT 1), 'EMEA', quarter, 10, quarter + interval '1 minute'
            FROM generate_series(1, 6) week
            CROSS JOIN LATERAL generate_series(date_bin('15 minutes', now() - interval '3 hours', timestamptz '2000-01-01') - week * interval '7 days', now() + interval '2 hours' - week * interval '7 days', interval '15 minutes') quarter
            UNION ALL
            SELECT (SELECT "SourceId" FROM feed_quarters LIMIT 1), 'EMEA', date_bin('15 minutes', now() - interval '40 minutes', timestamptz '2000-01-01'), 10, now() - interval '40 minutes'
            """);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string?> State(Stage stage, string type)
    {
        var found = (await stage.Get("/api/v1/exceptions?take=100"))["items"]!.AsArray();
        return found.FirstOrDefault(row => row!["type"]!.GetValue<string>() == type)?["state"]!.GetValue<string>();
    }

    private static string Order(string id, string state, string? unit = null) => new JsonObject
    {
        ["specversion"] = "1.0", ["id"] = $"{id}-{state}", ["source"] = "urn:test:r21", ["type"] = "opsconsole.sync.v1", ["time"] = DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture),
        ["data"] = new JsonObject { ["entity"] = new JsonObject { ["type"] = "order", ["id"] = id }, ["system"] = "crm", ["operation"] = "update", ["outcome"] = "succeeded", ["state"] = state, ["businessUnit"] = unit },
    }.ToJsonString();
}
