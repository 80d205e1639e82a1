using System.Diagnostics;
using OpsConsole.Bench.Measures;

namespace OpsConsole.Bench.Ratios;

/// <summary>A long burst: how fast it is acknowledged, how fast it is folded to exceptions on the worklist, what that costs, and whether memory stays flat.</summary>
internal static class SustainedPart
{
    private static readonly TimeSpan s_sample = TimeSpan.FromMilliseconds(500);

    /// <returns>Events folded a second: the capacity.</returns>
    public static async Task<double> Run(Ground ground, Scoreboard board, bool quick)
    {
        // Far more than may wait to be folded, or it would say how fast events are stored and then how fast they are folded.
        var count = quick ? 200_000 : 1_000_000;
        var patience = quick ? TimeSpan.FromMinutes(2) : TimeSpan.FromMinutes(6);
        var events = new EventBodies("sustained");
        var bodies = events.Make(count);
        var (stored, listed) = (await ground.Stored(), await ground.OnWorklist());
        using var wire = ground.Wire();
        using var stop = new CancellationTokenSource();
        var memory = Memory(ground, stop.Token);

        var before = ground.Cpu.Now();
        var watch = Stopwatch.StartNew();
        var acknowledged = await wire.Send(Wire.Events, bodies);
        var all = await ground.Folded(patience);
        var folded = watch.Elapsed.TotalSeconds;
        var cpu = ground.Cpu.Now() - before;
        await stop.CancelAsync();

        var done = count - (all ? 0 : await ground.Pending());
        var name = $"{count:N0} events: folded to the worklist ÷ acknowledged";
        board.AtLeast(name, new Figure(done / folded, "/s"), new Figure(count / acknowledged, "/s"), 0.8);
        var (seen, listedNow) = (await ground.Stored() - stored, await ground.OnWorklist() - listed);
        board.Holds(
            "… all stored, and every exception on the worklist", $"{seen:N0} stored, {listedNow:N0} exceptions", $"{count:N0} stored, {events.Exceptions:N0} exceptions",
            all && seen == count && listedNow == events.Exceptions);
        Scoreboard.Tell("CPU an event until folded", new Round(count, folded, cpu).Micros(cpu.Console + cpu.Database) is var micros ? new Figure(micros, "µs").ToString() : "", Round.Parts([new Round((int)done, folded, cpu)]));
        Flat(board, await memory);
        Scoreboard.Tell("bodies asked to come again", $"{wire.SentBack:N0}");
        return done / folded;
    }

    // The first fifth warms up: caches fill and code is compiled. What follows is told by its halves.
    private static void Flat(Scoreboard board, List<double> samples)
    {
        var warm = samples[(samples.Count / 5)..];
        var (early, late) = (warm[..(warm.Count / 2)].Median(), warm[(warm.Count / 2)..].Median());
        board.AtMost("memory: last half of the run ÷ first half", new Figure(late / 1e6, "MB"), new Figure(early / 1e6, "MB"), 1.1);
        Scoreboard.Tell("memory at most", new Figure(samples.Max() / 1e6, "MB").ToString());
    }

    private static async Task<List<double>> Memory(Ground ground, CancellationToken stop)
    {
        var samples = new List<double>();
        while (!stop.IsCancellationRequested)
        {
            samples.Add(ground.Stage.Memory);
            await Task.Delay(s_sample, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return samples;
    }
}
