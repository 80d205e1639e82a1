using System.Diagnostics;
using System.Globalization;
using OpsConsole.Audit;
using OpsConsole.Basics;
using OpsConsole.Bench.Measures;
using OpsConsole.E2E;
using OpsConsole.E2E.Infrastructure;
using OpsConsole.E2E.Promises;
using OpsConsole.Postgres;

namespace OpsConsole.Bench;

/// <summary>What the chain of the audit costs those who write, how fast it is sealed, and how long a verifier needs for a million entries.</summary>
internal static class AuditBench
{
    private const int Writers = 8;
    private const int Rounds = 3;
    private static readonly TimeSpan s_round = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);
    private static readonly Actor s_who = Actor.System with { Name = "Ines Moreau" };

    public static async Task<int> Run(int entries)
    {
        Console.WriteLine($"Load average {(await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0]} before it began.\n");
        Scoreboard.Head();
        var board = new Scoreboard(quick: false);
        await using var stage = await Stage.Start();
        await Writing(stage, board);
        await Reading(stage, board, entries);
        return board.Short.Count == 0 ? 0 : 1;
    }

    /// <summary>One entry a commit by eight writers at once, in turns: with its hash while the console seals, and without either.</summary>
    private static async Task Writing(Stage stage, Scoreboard board)
    {
        var (on, off) = (new List<double>(), new List<double>());
        await Write(stage, chained: true);
        for (var round = 0; round < Rounds; round++)
        {
            await Lease(stage, "bench", "now() + interval '1 hour'");
            off.Add(await Write(stage, chained: false));
            await Lease(stage, "nobody", "now()");
            on.Add(await Write(stage, chained: true));
        }

        board.AtLeast("commits with an audit entry: chained ÷ not chained", new Figure(on.Median(), "/s"), new Figure(off.Median(), "/s"), 0.9);
    }

    private static async Task Reading(Stage stage, Scoreboard board, int entries)
    {
        var watch = Stopwatch.StartNew();
        await using (var db = PostgresSetup.CreatePostgres(stage.ConnectionString))
        {
            for (var made = 0; made < entries; made += 20_000)
            {
                await db.Dialect.Insert(db, [.. Enumerable.Range(made, Math.Min(20_000, entries - made)).Select(Entry)], CancellationToken.None);
            }
        }

        var begun = watch.Elapsed;
        await Eventually.Is(async () => await stage.Count("""SELECT count(*) FROM audit a WHERE NOT EXISTS (SELECT 1 FROM audit_seals s WHERE s."EntryId" = a."Id")""") == 0, "all are sealed", s_patience, () => Task.FromResult(stage.ConsoleTail()));
        Scoreboard.Tell($"{entries:N0} entries at once: sealed", $"{entries / (watch.Elapsed - begun).TotalSeconds:N0} /s", "after all were there");
        await stage.Count("ANALYZE audit; ANALYZE audit_seals; SELECT 0::bigint");

        watch.Restart();
        var verdict = await stage.Get("/api/v1/audit/verify");
        var took = watch.Elapsed;
        board.Holds("all of it is whole", $"{(long)verdict["sealed"]!:N0} entries, {(int)verdict["faultCount"]!} faults", "0 faults", (bool)verdict["holds"]!);
        Scoreboard.Tell("verified against the database", Said((long)verdict["sealed"]!, took));

        var file = Path.GetTempFileName();
        try
        {
            watch.Restart();
            await using (var to = File.Create(file))
            await using (var from = await stage.Api.GetStreamAsync("/api/v1/audit/export"))
            {
                await from.CopyToAsync(to);
            }

            Scoreboard.Tell("exported", Said(entries, watch.Elapsed), $"{new FileInfo(file).Length / 1e6:N0} MB");
            watch.Restart();
            var offline = ChainFile.Verify(() => File.ReadLines(file), [], []);
            board.Holds("the export is whole", $"{offline.Sealed:N0} entries, {offline.FaultCount} faults", "0 faults", offline.Holds);
            Scoreboard.Tell("verified from the export", Said(offline.Sealed, watch.Elapsed));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Said(long entries, TimeSpan took) => string.Create(CultureInfo.InvariantCulture, $"{took.TotalSeconds:0.0} s, {entries / took.TotalSeconds:N0} entries/s");

    private static AuditEntry Entry(int i) => AuditEntry.Of(s_who, "case.comment", $"EX-{i % 10_000}", $"Called the customer about the tax profile, attempt {i}", TimeProvider.System.GetUtcNow(), i % 3 == 0 ? "EMEA" : "APAC");

    private static async Task<double> Write(Stage stage, bool chained)
    {
        using var end = new CancellationTokenSource(s_round);
        var counts = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            while (!end.IsCancellationRequested)
            {
                await using var db = PostgresSetup.CreatePostgres(stage.ConnectionString);
                var entry = Entry(count);
                db.Audit.Add(chained ? entry : AuditEntry.Told(entry, null));
                await db.SaveChangesAsync();
                count++;
            }

            return count;
        })));
        return counts.Sum() / s_round.TotalSeconds;
    }

    // Whoever holds the lease may seal: nobody does while the bench has it.
    private static Task<long> Lease(Stage stage, string holder, string until) =>
        stage.Count($"""UPDATE leases SET "Holder" = '{holder}', "Epoch" = "Epoch" + 1, "Until" = {until} WHERE "Name" = 'audit-sealer'; SELECT 0::bigint""");
}
