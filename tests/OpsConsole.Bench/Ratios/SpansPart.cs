using System.Diagnostics;
using OpsConsole.Bench.Measures;

namespace OpsConsole.Bench.Ratios;

/// <summary>Spans over HTTP beside raw COPY of the same rows, then everything once more. Rounds alternate and medians count, because machines swing.</summary>
internal static class SpansPart
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    public static async Task Run(Ground ground, Scoreboard board, bool quick)
    {
        // Enough beforehand that what runs often is compiled: a console runs for months.
        var (rounds, count, warm) = quick ? (5, 40_000, 160_000) : (7, 80_000, 320_000);
        using var wire = ground.Wire();
        await wire.Send(Wire.Spans, SpanBodies.Make(warm, DateTimeOffset.UtcNow));
        await ground.Folded(s_patience);
        await ground.Copy("spans").Begin();

        var (ours, folded, copies, again) = (new List<Round>(), new List<Round>(), new List<Round>(), new List<Round>());
        for (var round = 0; round < rounds; round++)
        {
            var since = DateTimeOffset.UtcNow;
            var bodies = SpanBodies.Make(count, since);
            var until = Round.Until(ground, count, s_patience);
            ours.Add(await Round.Of(ground.Cpu, count, () => wire.Send(Wire.Spans, bodies)));
            folded.Add(await until());
            var rows = await ground.Copy("spans").Read($"\"ReceivedAt\" >= '{since:O}'");
            copies.Add(await Round.Of(ground.Cpu, count, () => ground.Copy("spans").Write(rows)));
            again.Add(await Round.Of(ground.Cpu, count, () => wire.Send(Wire.Spans, bodies)));
            await ground.Folded(s_patience);
        }

        Report(board, ours, folded, copies, again);
        var stored = await ground.Number("SELECT count(*) FROM spans");
        board.Holds("spans stored once each, though sent twice", $"{stored:N0}", $"{warm + (rounds * count):N0}", stored == warm + (rounds * count));
        await ground.Run("DROP TABLE raw_spans");
    }

    private static void Report(Scoreboard board, List<Round> ours, List<Round> folded, List<Round> copies, List<Round> again)
    {
        board.AtLeast("spans acknowledged over HTTP ÷ raw COPY", Round.Rate(ours), Round.Rate(copies), 0.7);
        board.AtMost(
            "CPU a span: console and database ÷ database and client of raw COPY",
            new Figure(ours.Select(round => round.Micros(round.Cpu.Console + round.Cpu.Database)).Median(), "µs"),
            new Figure(copies.Select(round => round.Micros(round.Cpu.Client + round.Cpu.Database)).Median(), "µs"),
            1.5);
        Scoreboard.Tell("of it console, database; the client besides", Round.Parts(ours), Round.Parts(copies));
        Scoreboard.Tell("spans acknowledged and folded; CPU a span until then", Round.Rate(folded).ToString(), Round.Parts(folded));
        board.AtLeast("spans sent a second time ÷ the first time", Round.Rate(again), Round.Rate(ours), 1);
    }
}

/// <summary>One round of a measurement: so many rows, the seconds until the last was acknowledged, the processor time meanwhile.</summary>
internal sealed record Round(int Rows, double Seconds, CpuTime Cpu)
{
    public static async Task<Round> Of(Cpu cpu, int rows, Func<Task<double>> work)
    {
        var before = cpu.Now();
        var seconds = await work();
        return new Round(rows, seconds, cpu.Now() - before);
    }

    /// <summary>Begins a round that ends when all that came is folded.</summary>
    public static Func<Task<Round>> Until(Ground ground, int rows, TimeSpan patience)
    {
        var (before, watch) = (ground.Cpu.Now(), Stopwatch.StartNew());
        return async () =>
        {
            await ground.Folded(patience);
            return new Round(rows, watch.Elapsed.TotalSeconds, ground.Cpu.Now() - before);
        };
    }

    public static Figure Rate(IEnumerable<Round> rounds) => new(rounds.Select(round => round.Rows / round.Seconds).Median(), "/s");

    public static string Parts(IReadOnlyCollection<Round> rounds)
    {
        string Median(Func<Round, double> of) => new Figure(rounds.Select(round => round.Micros(of(round))).Median(), "µs").ToString();

        return $"console {Median(round => round.Cpu.Console)}, database {Median(round => round.Cpu.Database)}, client {Median(round => round.Cpu.Client)}";
    }

    public double Micros(double seconds) => seconds * 1e6 / Rows;
}
