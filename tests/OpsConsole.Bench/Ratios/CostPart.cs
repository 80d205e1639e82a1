using System.Diagnostics;
using System.Globalization;
using OpsConsole.Bench.Fill;
using OpsConsole.Bench.Measures;

namespace OpsConsole.Bench.Ratios;

/// <summary>What an event and a span cost the console and its database, until they are folded, when little is stored and when much is.</summary>
internal sealed record Cost(double Event, double Span)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(2);

    /// <summary>Measures it, on whatever is stored; first what the console does by itself has come to rest.</summary>
    public static async Task<Cost> Measure(Ground ground, string run, bool quick)
    {
        await Rest(ground);
        var (rounds, count) = quick ? (3, 5_000) : (3, 20_000);
        var events = new EventBodies(run);
        using var wire = ground.Wire();
        await wire.Send(Wire.Events, events.Make(count));
        await wire.Send(Wire.Spans, SpanBodies.Make(count, DateTimeOffset.UtcNow));
        await ground.Folded(s_patience);
        var (eventCosts, spanCosts) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            var bodies = events.Make(count);
            eventCosts.Add(await Of(ground, count, () => wire.Send(Wire.Events, bodies)));
            var spans = SpanBodies.Make(count, DateTimeOffset.UtcNow);
            spanCosts.Add(await Of(ground, count, () => wire.Send(Wire.Spans, spans)));
        }

        return new Cost(eventCosts.Median(), spanCosts.Median());
    }

    /// <summary>Held against each other.</summary>
    public static void Report(Scoreboard board, Cost little, Cost much, FillSize size)
    {
        var stored = string.Create(CultureInfo.InvariantCulture, $"with {size.Spans:N0} spans, {size.Deals / 3 * 12:N0} events and {size.Deals * 4:N0} exceptions stored ÷ with 100,000 facts");
        board.AtMost($"CPU an event until folded, {stored}", new Figure(much.Event, "µs"), new Figure(little.Event, "µs"), 1.3);
        board.AtMost($"CPU a span until folded, {stored}", new Figure(much.Span, "µs"), new Figure(little.Span, "µs"), 1.3);
    }

    private static async Task<double> Of(Ground ground, int count, Func<Task<double>> send)
    {
        var round = await Round.Of(ground.Cpu, count, async () =>
        {
            var watch = Stopwatch.StartNew();
            await send();
            await ground.Folded(s_patience);
            return watch.Elapsed.TotalSeconds;
        });
        return round.Micros(round.Cpu.Console + round.Cpu.Database);
    }

    // A console that was started on many facts looks through them first: deadlines that passed, numbers of the board.
    private static async Task Rest(Ground ground)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < s_patience;)
        {
            var before = ground.Cpu.Now();
            await Task.Delay(s_look);
            var used = ground.Cpu.Now() - before;
            if ((used.Console + used.Database) / s_look.TotalSeconds < 0.2 && await ground.Folded(s_patience))
            {
                return;
            }
        }
    }
}
