using System.Globalization;
using Npgsql;
using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Promises;

/// <summary>One console after the other is replaced under load, the first perhaps by an older build on the newer schema; and a backup made meanwhile is complete.</summary>
[Collection(Measured.Name)]
public sealed class R17_Upgrade_without_loss : Promise
{
    /// <summary>Names an older build's program; <c>deploy/dev/promises</c> makes one for the long form.</summary>
    private static readonly string? s_older = Environment.GetEnvironmentVariable("OPSCONSOLE_OLD_BUILD") is { Length: > 0 } named ? named : null;

    [Fact]
    public Task A_rolling_upgrade_under_load_and_a_backup_and_its_restore_lose_nothing() => Keep(async () =>
    {
        await using var cluster = await Cluster.Start();
        await using var stage = await Stage.Start(new StageSettings { Server = cluster.ConnectionString, Program = s_older });
        var history = new History();
        await using var before = new Load([stage.Console], "before", history);
        await Flows(history);
        var next = await stage.StartAnother();
        await using var after = new Load([next], "after", history);
        var both = Of(500, 20_000);
        await Flows(history, both);
        Assert.True(await stage.Stop(TimeSpan.FromSeconds(30)), stage.ConsoleTail());
        await before.End();
        await Flows(history);

        var kept = history.Snapshot();
        var restored = await Restore(cluster, stage, history);

        await Flows(history);
        await after.End();
        await history.Holds(stage, next);
        var copy = await stage.StartAnother(new Dictionary<string, string> { ["ConnectionStrings__OpsConsole"] = restored });
        Assert.Equal(new Receipt(0, kept.Length, 0, 0), await copy.Post(kept.Select(id => Load.Event(id))));
        await using var database = NpgsqlDataSource.Create(restored);
        await using var law = database.CreateCommand("""SELECT (SELECT sum("Stored") FROM intake_counts) = (SELECT count(*) FROM events) + (SELECT count(*) FROM spans)""");
        Assert.Equal(true, await law.ExecuteScalarAsync());
        return $"{(s_older is null ? "the same build" : "an older build, then this one on its database")} under load: {history.Acknowledged:N0} acknowledged, 0 lost; "
            + $"backup under load, restored: {kept.Length:N0} acknowledged before it, 0 missing";
    });

    private static async Task<string> Restore(Cluster cluster, Stage stage, History history)
    {
        var name = new NpgsqlConnectionStringBuilder(stage.ConnectionString).Database!;
        var file = Path.Combine(Path.GetTempPath(), $"{name}.dump");
        try
        {
            await cluster.Tool("pg_dump", "-Fc", "-f", file, name);
            await Flows(history, 50);
            await cluster.Tool("createdb", $"{name}_copy");
            await cluster.Tool("pg_restore", "-d", $"{name}_copy", "--exit-on-error", file);
            return new NpgsqlConnectionStringBuilder(stage.ConnectionString) { Database = $"{name}_copy" }.ConnectionString;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Task Flows(History history, int more = 300)
    {
        var enough = history.Acknowledged + more;
        return Eventually.Is(
            () => Task.FromResult(history.Acknowledged >= enough), "events are acknowledged", TimeSpan.FromMinutes(10),
            () => Task.FromResult(string.Create(CultureInfo.InvariantCulture, $"{history.Acknowledged} are, {history.Refused} requests were refused, {history.Unknown} not answered")));
    }
}
