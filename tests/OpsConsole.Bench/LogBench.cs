using System.Diagnostics;
using System.Globalization;
using OpsConsole.E2E;
using OpsConsole.E2E.Infrastructure;
using OpsConsole.E2E.Promises;

namespace OpsConsole.Bench;

/// <summary>The published log, 22,367 events in batches of 500 from one sender: how long until all are acknowledged, and until all that follows from them is shown.</summary>
internal static class LogBench
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(250);

    public static async Task<int> Run()
    {
        if (PublishedLog.Missing is { } missing)
        {
            await Console.Error.WriteLineAsync(missing);
            return 2;
        }

        var log = await PublishedLog.Read();
        await using var stage = await Stage.Start();
        await stage.PutFlow(log.Flow);

        var watch = Stopwatch.StartNew();
        await stage.Post(log.Events);
        var acknowledged = watch.Elapsed;
        while (log.Differences(await stage.Get("/api/v1/stats?flow=orders")).Count > 0)
        {
            await Task.Delay(s_look);
        }

        var folded = watch.Elapsed;
        var again = Stopwatch.StartNew();
        await stage.Post(log.Events);

        Console.WriteLine("| figure | measured | goal |\n|---|---|---|");
        Print("acknowledged", acknowledged, "10 s");
        Print("folded, from the first event sent", folded, "30 s");
        Print("acknowledged when sent again", again.Elapsed, "no slower");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| console's memory | {stage.Memory / 1e6:N0} MB | 600 MB |"));
        return 0;
    }

    private static void Print(string name, TimeSpan measured, string goal) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {measured.TotalSeconds:N1} s | {goal} |"));
}
