using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using OpsConsole.Bench.Measures;

namespace OpsConsole.Bench.Ratios;

/// <summary>
/// From the acknowledgement of a failure until a connected client sees it: the hub says that something changed, the client asks the
/// worklist and finds it. Measured under a steady load of 10, 50 and 70 % of the capacity. The hub speaks at most once a second, by contract.
/// </summary>
internal static class LatencyPart
{
    private const int LoadBody = 100;
    private static readonly TimeSpan s_markEvery = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <param name="capacity">Events folded a second.</param>
    public static async Task Run(Ground ground, double capacity, bool quick)
    {
        foreach (var share in (double[])[0.1, 0.5, 0.7])
        {
            var seen = await At(ground, capacity * share, TimeSpan.FromSeconds(quick ? 6 : 20));
            var lost = seen.Count(one => one is null);
            var times = seen.OfType<double>().ToList();
            Scoreboard.Tell(
                string.Create(CultureInfo.InvariantCulture, $"acknowledged to visible in a connected client at {share:P0} ({capacity * share:N0} events/s)"),
                times.Count == 0 ? "none seen" : string.Create(CultureInfo.InvariantCulture, $"p50 {times.Percentile(0.5):N0} ms, p95 {times.Percentile(0.95):N0} ms, p99 {times.Percentile(0.99):N0} ms"),
                string.Create(CultureInfo.InvariantCulture, $"{times.Count} seen, {lost} not within {s_patience.TotalSeconds:0} s"));
            await ground.Folded(TimeSpan.FromMinutes(2));
        }
    }

    /// <returns>Milliseconds of each marker; nothing: not seen in time.</returns>
    private static async Task<IReadOnlyList<double?>> At(Ground ground, double rate, TimeSpan time)
    {
        var run = Guid.NewGuid().ToString("n")[..8];
        var (waiting, seen) = (new ConcurrentDictionary<string, long>(), new ConcurrentBag<double>());
        var events = new EventBodies(run);
        var load = events.Make((int)(rate * time.TotalSeconds / LoadBody) * LoadBody, LoadBody);
        await using var client = await HubClient.Watch(ground.Stage.Url, ground.Stage.Key, () => Look(ground, run, waiting, seen));
        using var wire = ground.Wire();
        var sending = Steadily(wire, load, rate);
        for (var (number, watch) = (0, Stopwatch.StartNew()); watch.Elapsed < time; number++)
        {
            var id = $"MARK-{run}-{number}";
            await wire.Send(Wire.Events, events.Marker(id));
            waiting[id] = Stopwatch.GetTimestamp();
            await Task.Delay(s_markEvery);
        }

        await sending;
        for (var watch = Stopwatch.StartNew(); !waiting.IsEmpty && watch.Elapsed < s_patience;)
        {
            await Task.Delay(s_markEvery);
        }

        return [.. seen.Select(one => (double?)one), .. waiting.Select(_ => (double?)null)];
    }

    private static async Task Look(Ground ground, string run, ConcurrentDictionary<string, long> waiting, ConcurrentBag<double> seen)
    {
        var answer = await ground.Ask($"/api/v1/exceptions?q=MARK-{run}&sort=newest&take=200");
        foreach (var item in answer["items"]!.AsArray())
        {
            if (waiting.TryRemove(item!["object"]!["id"]!.GetValue<string>(), out var acknowledged))
            {
                seen.Add(Stopwatch.GetElapsedTime(acknowledged).TotalMilliseconds);
            }
        }
    }

    private static async Task Steadily(Wire wire, IReadOnlyList<byte[]> bodies, double rate)
    {
        var watch = Stopwatch.StartNew();
        var sent = new List<Task>();
        for (var i = 0; i < bodies.Count; i++)
        {
            var due = TimeSpan.FromSeconds(i * LoadBody / rate);
            if (due > watch.Elapsed)
            {
                await Task.Delay(due - watch.Elapsed);
            }

            sent.Add(wire.Send(Wire.Events, bodies[i]));
        }

        await Task.WhenAll(sent);
    }
}
