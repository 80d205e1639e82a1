using System.Diagnostics;
using System.Globalization;
using OpsConsole.Bench.Measures;
using OpsConsole.E2E;
using OpsConsole.E2E.Infrastructure;
using OpsConsole.E2E.Promises;

namespace OpsConsole.Bench;

/// <summary>
/// One bulk of 10,000 exceptions to a target that answers after 2 ms: from its start until all are delivered, and until all are proven. Once to a target that cannot
/// be asked, and once to one that is asked before each send and read back after it.
/// </summary>
internal static class BulkBench
{
    private const int Goal = 500;
    private static readonly TimeSpan s_answer = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    public static async Task<int> Run(int items)
    {
        Console.WriteLine($"Load average {(await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0]} before it began.\n");
        Scoreboard.Head();
        var board = new Scoreboard(quick: false);
        await Measure(board, items, asked: false);
        await Measure(board, items, asked: true);
        return board.Short.Count == 0 ? 0 : 1;
    }

    private static async Task Measure(Scoreboard board, int items, bool asked)
    {
        await using var stub = await ReplayStub.Start(s_answer);
        var settings = BulkCalls.Settings(stub, asked);
        await using var stage = await Stage.Start(settings with
        {
            Environment = new Dictionary<string, string>(settings.Environment) { ["Logging__LogLevel__Default"] = "Warning" },
        });

        // Each wave waits until the one before is proven: where nothing can be asked, proof is somebody's later event, and waves would measure that.
        // What runs for the first time is compiled, and what runs often is compiled again: another bulk goes before, and is over.
        await stage.Fail(items / 2, "WARM");
        var ramp = asked ? "1,5,20" : "";
        await stage.IsSent(await stage.StartBulk(ramp), items / 2);
        var keys = await stage.Fail(items);
        await stage.IsRouted();
        var before = stub.Sends;

        var watch = Stopwatch.StartNew();
        var bulk = await stage.StartBulk(ramp);
        var begun = watch.Elapsed;
        await stage.IsSent(bulk, items);
        var delivered = watch.Elapsed;
        var name = asked ? "asked before, read back after" : "cannot be asked";
        board.AtLeast($"bulk of {items:N0}, target {name}: delivered{(asked ? ", waves included" : "")}", new Figure(items / delivered.TotalSeconds, "items/s"), new Figure(Goal, "items/s"), 1);
        if (asked)
        {
            await stage.IsDone(bulk, s_patience);
            board.AtLeast($"bulk of {items:N0}, target {name}: proven", new Figure(items / watch.Elapsed.TotalSeconds, "items/s"), new Figure(Goal, "items/s"), 0);
        }

        Scoreboard.Tell("frozen and started", string.Create(CultureInfo.InvariantCulture, $"{begun.TotalSeconds:0.0} s"), $"{stage.Memory / 1e6:N0} MB of the console");
        board.Holds("each applied once by its key", string.Create(CultureInfo.InvariantCulture, $"{stub.Sends - before:N0} sends, {stub.Faults(keys).Count} faults"), "0 faults", stub.Faults(keys).Count == 0);
    }

    /// <summary>Nothing of what failed waits for a queue any more, and the database knows its tables, as it does by itself within a minute.</summary>
    private static async Task IsRouted(this Stage stage)
    {
        await Eventually.Is(async () => await stage.Count("""SELECT count(*) FROM cases WHERE "RoutedAt" IS NULL""") == 0, "all are routed", s_patience, () => Task.FromResult(stage.ConsoleTail()));
        await stage.Count("""ANALYZE; SELECT 0::bigint""");
    }

    /// <summary>Every item of the bulk was taken by the target, and the console knows it.</summary>
    private static async Task IsSent(this Stage stage, string bulk, int items)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            var progress = (await stage.Get(bulk))["progress"]!;
            if (progress["unproven"]!.GetValue<int>() + progress["proven"]!.GetValue<int>() == items)
            {
                return;
            }

            if (since.Elapsed > s_patience)
            {
                throw new TimeoutException($"Not delivered: {progress.ToJsonString()}\n{stage.ConsoleTail()}");
            }

            await Task.Delay(500);
        }
    }
}
