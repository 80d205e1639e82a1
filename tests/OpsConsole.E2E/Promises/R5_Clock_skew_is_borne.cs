using System.Globalization;
using Npgsql;
using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Promises;

/// <summary>Whatever clocks say, nothing breaks: deadlines count from receipt, and a clock that runs ahead is shown.</summary>
public sealed class R5_Clock_skew_is_borne : Promise
{
    private const ulong Nanosecond = 1_000_000_000;

    [Fact]
    public Task Impossible_times_are_taken_in_folded_and_shown_and_deadlines_count_from_receipt() => Keep(async () =>
    {
        await using var stage = await Stage.Start();
        var now = DateTimeOffset.UtcNow;
        var times = new Dictionary<string, string>
        {
            ["ahead"] = Say(now.AddHours(24)), ["behind"] = Say(now.AddHours(-24)), ["epoch"] = "1970-01-01T00:00:00Z", ["year-9999"] = "9999-12-31T23:59:59Z",
            ["dst-before"] = "2026-10-25T02:30:00+02:00", ["dst-after"] = "2026-10-25T02:30:00+01:00", ["no-such-hour"] = "2026-03-29T02:30:00+01:00",
        };

        var events = await stage.Post(times.Select(time => Load.Failure(time.Key).Replace("2026-03-01T01:00:00Z", time.Value, StringComparison.Ordinal)));
        var spans = await SendSpans(stage.Console, (ulong)now.ToUnixTimeSeconds() * Nanosecond);

        Assert.Equal(new Receipt(times.Count, 0, 0, 0), events);
        await Eventually.Is(async () => (await stage.Get("/api/v1/exceptions?take=1"))["total"]!.GetValue<int>() == times.Count, "each failure is an exception", explain: () => Task.FromResult(stage.ConsoleTail()));
        foreach (var row in (await stage.Get("/api/v1/exceptions?take=100"))["items"]!.AsArray())
        {
            var id = row!["object"]!["id"]!.GetValue<string>();
            var shown = await stage.Get($"/api/v1/exceptions/{row["id"]}");
            if (shown["dueAt"] is { } due)
            {
                var wait = due.GetValue<DateTimeOffset>() - now;
                Assert.True(wait > TimeSpan.Zero && wait < TimeSpan.FromDays(30), $"{id} is due {due}");
            }

            var fact = (await stage.Get($"/api/v1/objects/invoice/{id}"))["facts"]!["items"]!.AsArray().Single()!;
            Assert.Equal(id is "ahead" or "year-9999", fact["clockAhead"]!.GetValue<bool>());
        }

        Assert.Equal(0, await Count(stage, "SELECT count(*) FROM parked_facts"));
        Assert.Equal(1, await Count(stage, """SELECT count(DISTINCT date_trunc('day', "DueAt")) FROM cases WHERE "DueAt" IS NOT NULL"""));
        await stage.ConservationHolds();
        return $"{times.Count} events from 1970 to 9999 and around a DST change, {spans} spans that begin at 0, in 2554, or end before they begin: all stored and folded, none parked; due dates from receipt; 2 clocks flagged";
    });

    private static async Task<int> SendSpans(Node node, ulong now)
    {
        var random = new Random(5);
        (ulong Start, ulong End)[] times = [(0, 1), (now, now - (3600 * Nanosecond)), (now + (86_400 * Nanosecond), now), (ulong.MaxValue, ulong.MaxValue), (now, ulong.MaxValue), (1, 0)];
        foreach (var (start, end) in times)
        {
            var answer = await node.Send("/v1/traces", Wire.Protobuf, Wire.Span(random, start, end));
            Assert.True(answer.Status == 200, $"{start} to {end}: {answer.Status} {answer.Text}");
        }

        return times.Length;
    }

    private static string Say(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static async Task<long> Count(Stage stage, string sql)
    {
        await using var database = NpgsqlDataSource.Create(stage.ConnectionString);
#pragma warning disable CA2100 // Constants above.
        await using var command = database.CreateCommand(sql);
#pragma warning restore CA2100
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
