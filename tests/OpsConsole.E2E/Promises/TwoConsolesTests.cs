using System.Diagnostics;
using System.Globalization;
using Npgsql;
using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Promises;

/// <summary>Two consoles on one database: the work is done once, its news reaches both, and a killed one's work goes on at the other.</summary>
public sealed class TwoConsolesTests
{
    private static readonly TimeSpan s_takeover = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task When_the_one_that_folds_is_killed_under_load_the_other_takes_over_in_seconds_and_everything_is_folded_once()
    {
        await using var stage = await Stage.Start();
        await using var database = NpgsqlDataSource.Create(stage.ConnectionString);
        Node[] both = [stage.Console, await stage.StartAnother()];
        var history = new History();
        await using var load = new Load(both, "load", history, make: Load.Failure);
        await Eventually.Is(() => Task.FromResult(history.Acknowledged >= 1_000), "events are acknowledged");
        var holders = await Holders(database);
        var killed = Array.Find(both, node => holders["projector"] == node.ProcessId)!;
        var left = Array.Find(both, node => node != killed)!;
        var orphans = holders.Where(lease => lease.Value == killed.ProcessId).Select(lease => lease.Key).ToList();

        await killed.Kill();

        var since = Stopwatch.StartNew();
        await Eventually.Is(async () => (await Holders(database))["projector"] == left.ProcessId, "the other folds", s_takeover);
        var folding = since.Elapsed;
        await Eventually.Is(
            async () => (await Holders(database)) is var now && orphans.TrueForAll(lease => now[lease] == left.ProcessId), "the other holds its leases", s_takeover);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Folding was taken over after {folding.TotalSeconds:0.0} s, all {orphans.Count} leases after {since.Elapsed.TotalSeconds:0.0} s"));
        var more = history.Acknowledged + 500;
        await Eventually.Is(() => Task.FromResult(history.Acknowledged >= more), "the other takes events in");
        await load.End();
        await history.Holds(stage, left);
        var stored = (await History.Stored(stage)).Count;
        await Eventually.Is(
            async () => (await left.Get("/api/v1/exceptions?take=1"))["total"]!.GetValue<int>() == stored, "each failure is one exception", explain: () => Task.FromResult(left.Tail()));
        Assert.Equal(0, await Count(database, """SELECT count(*) FROM signals WHERE "Spells" <> 1"""));
        Assert.Equal(0, await Count(database, "SELECT count(*) FROM parked_facts"));
    }

    [Fact]
    public async Task News_of_what_one_console_took_in_reaches_listeners_on_both()
    {
        await using var stage = await Stage.Start();
        var other = await stage.StartAnother();
        await using var here = await HubClient.Watch(stage.Console);
        await using var there = await HubClient.Watch(other);

        await stage.Post([Load.Failure("first")]);

        await Eventually.Is(() => Task.FromResult(here.Changes > 0 && there.Changes > 0), "both heard it");
        var before = (here.Changes, there.Changes);
        await other.Post([Load.Failure("second")]);
        await Eventually.Is(() => Task.FromResult(here.Changes > before.Item1 && there.Changes > before.Item2), "both heard of the second");
    }

    /// <summary>Which process holds each lease of the workers that are always at it; others come every few minutes, and take their lease when they do.</summary>
    private static async Task<Dictionary<string, int>> Holders(NpgsqlDataSource database)
    {
        var holders = new Dictionary<string, int>();
        await using var command = database.CreateCommand("""SELECT "Name", "Holder" FROM leases WHERE "Name" IN ('projector', 'traces', 'cases', 'routing', 'milestones', 'snooze')""");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            holders[reader.GetString(0)] = int.Parse(reader.GetString(1).Split('/')[1], CultureInfo.InvariantCulture);
        }

        return holders;
    }

    private static async Task<int> Count(NpgsqlDataSource database, string sql)
    {
#pragma warning disable CA2100 // Constants above.
        await using var command = database.CreateCommand(sql);
#pragma warning restore CA2100
        return Convert.ToInt32(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
