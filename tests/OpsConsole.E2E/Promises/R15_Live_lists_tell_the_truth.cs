using System.Diagnostics;
using Npgsql;
using OpsConsole.E2E.Infrastructure;
using OpsConsole.E2E.Journeys;

namespace OpsConsole.E2E.Promises;

/// <summary>News gets lost, whoever reads it is cut off, the database stands still: what a page shows is right again soon, and until then it says that it may be old.</summary>
[Collection(Measured.Name)]
public sealed class R15_Live_lists_tell_the_truth : Promise
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(Of(25, 5));

    // Of ten pieces of news one is gone before anybody can read it.
    private const string Loss = """
        CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW."Number" % 10 = 0 THEN DELETE FROM changes WHERE "Number" = NEW."Number"; END IF;
            RETURN NULL;
        END $$;
        CREATE TRIGGER lose AFTER INSERT ON changes FOR EACH ROW EXECUTE FUNCTION lose();
        """;

    [Fact]
    public Task Lost_news_a_cut_off_reader_and_a_frozen_database_mislead_nobody_for_long() => Keep(async () =>
    {
        await using var cluster = await Cluster.Start();
        await using var stage = await Stage.Start(Company.Quiet with { Server = cluster.ConnectionString });
        var other = await stage.StartAnother();
        var first = await stage.RefuseInvoice("EMEA", 4_000m);
        await stage.HasCase(first);
        var cookie = await CircuitClient.SignIn(stage.Url, People.Steward, Stage.Password);
        await using var here = await CircuitClient.Open(stage.Url, cookie, "/worklist");
        await using var there = await CircuitClient.Open(other.Url, cookie, "/worklist");
        CircuitClient[] pages = [here, there];
        await Task.WhenAll(pages.Select(page => page.Shown(first.Id)));

        await Run(stage.ConnectionString, Loss);
        var rounds = Of(5, 40);
        var slowest = TimeSpan.Zero;
        for (var round = 1; round <= rounds; round++)
        {
            if (round % 3 == 0)
            {
                await Run(stage.ConnectionString, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
            }

            slowest = Later(slowest, await News(stage, pages, $"{round} new"));
        }

        var late = pages.Select(page => page.Sees("News is late")).ToList();
        await cluster.Freeze();
        await Task.WhenAll(late).WaitAsync(TimeSpan.FromMinutes(2));
        await cluster.Thaw();
        slowest = Later(slowest, await News(stage, pages, $"{rounds + 1} new"));

        Assert.True(slowest < s_patience, $"a page was wrong for {slowest}");
        return $"{rounds} rounds on two consoles, each tenth piece of news lost, every third round all connections to the database cut: right again after {slowest.TotalSeconds:0.0} s at most; a frozen database shown as late news";
    });

    private static async Task<TimeSpan> News(Stage stage, CircuitClient[] pages, string words)
    {
        var told = pages.Select(page => page.Sees(words)).ToList();
        await stage.RefuseInvoice("EMEA", 5_000m);

        // From when the exception is there: what is measured is how long a page does not say so.
        var count = int.Parse(words.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) + 1;
        await Eventually.Is(async () => await Cases(stage.ConnectionString) >= count, "the exception is there", TimeSpan.FromMinutes(2));
        var since = Stopwatch.StartNew();
        await Task.WhenAll(told).WaitAsync(TimeSpan.FromMinutes(2));
        return since.Elapsed;
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static async Task<long> Cases(string database) => (long)(await Run(database, "SELECT count(*) FROM cases"))!;

    private static async Task<object?> Run(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants above.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}
