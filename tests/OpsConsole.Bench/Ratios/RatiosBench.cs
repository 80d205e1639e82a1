using System.Globalization;
using OpsConsole.Bench.Fill;
using OpsConsole.Bench.Measures;
using OpsConsole.Bench.Queries;

namespace OpsConsole.Bench.Ratios;

/// <summary>Everything that is promised about speed, each figure beside its limit or its peers, in one run and one table.</summary>
internal sealed class RatiosBench(IReadOnlyCollection<string> only, bool quick)
{
    public static readonly string[] Parts = ["spans", "events", "sustained", "latency", "peers", "queries", "size"];

    private readonly Scoreboard _board = new(quick);
    private Cost? _little;

    /// <param name="only">The parts to run; nothing: all.</param>
    /// <param name="quick">Less of everything.</param>
    /// <returns>0, or 1 when a figure falls short.</returns>
    public static async Task<int> Run(IReadOnlyCollection<string> only, bool quick)
    {
        var bench = new RatiosBench(only, quick);
        Scoreboard.Head();
        await bench.Small();
        await bench.Large();
        foreach (var name in bench._board.Short)
        {
            await Console.Error.WriteLineAsync($"falls short: {name}");
        }

        return bench._board.Short.Count == 0 ? 0 : 1;
    }

    private bool Wanted(params string[] parts) => only.Count == 0 || parts.Any(only.Contains);

    /// <summary>What is measured on a console that has stored little.</summary>
    private async Task Small()
    {
        if (!Wanted("spans", "events", "sustained", "latency", "peers", "size"))
        {
            return;
        }

        await using var ground = await Ground.Prepare();
        if (Wanted("spans"))
        {
            await SpansPart.Run(ground, _board, quick);
        }

        if (Wanted("events"))
        {
            await EventsPart.Run(ground, _board, quick);
        }

        if (Wanted("peers"))
        {
            await PeersPart.Run(ground, _board, quick);
        }

        if (Wanted("size"))
        {
            await using var empty = await Ground.Prepare();
            _little = await Cost.Measure(empty, "little", quick);
        }

        if (Wanted("sustained", "latency"))
        {
            var capacity = await SustainedPart.Run(ground, _board, quick || !Wanted("sustained"));
            if (Wanted("latency"))
            {
                await LatencyPart.Run(ground, capacity, quick);
            }
        }
    }

    /// <summary>What is measured at size. The console is away while the database is filled and asked, so that both sides of a figure have it for themselves.</summary>
    private async Task Large()
    {
        if (!Wanted("queries", "size"))
        {
            return;
        }

        await using var ground = await Ground.Prepare();
        await ground.Stage.Stop(TimeSpan.FromSeconds(30));
        var size = quick ? FillSize.Quick : FillSize.Full;
        var seconds = await new FillBench(ground.Database, ground.Stage.ConnectionString, size).Fill();
        var cases = await ground.Number("SELECT count(*) FROM cases");
        Scoreboard.Tell(string.Create(CultureInfo.InvariantCulture, $"filling {size.Spans:N0} spans, {size.Deals / 3 * 12:N0} events, {cases:N0} exceptions"), new Figure(seconds, "s").ToString());
        if (Wanted("queries"))
        {
            await using var queries = new QueriesBench(ground.Stage.ConnectionString, _board, quick);
            await queries.Run(size);
        }

        if (_little is { } little)
        {
            await ground.Stage.StartConsole();
            Cost.Report(_board, little, await Cost.Measure(ground, "much", quick), size);
        }
    }
}
