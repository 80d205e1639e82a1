using OpsConsole.Bench.Measures;

namespace OpsConsole.Bench.Ratios;

/// <summary>Events over HTTP beside raw COPY of the same rows.</summary>
internal static class EventsPart
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    /// <returns>Events acknowledged a second, which peers are held against.</returns>
    public static async Task<Figure> Run(Ground ground, Scoreboard board, bool quick)
    {
        var (rounds, count, warm) = quick ? (5, 10_000, 80_000) : (7, 20_000, 400_000);
        // Enough beforehand that what runs often is compiled: a console runs for months.
        var events = new EventBodies("acked");
        using var wire = ground.Wire();
        await wire.Send(Wire.Events, events.Make(warm));
        await ground.Folded(s_patience);
        await ground.Copy("events").Begin();

        var (ours, folded, copies) = (new List<Round>(), new List<Round>(), new List<Round>());
        for (var round = 0; round < rounds; round++)
        {
            var since = DateTimeOffset.UtcNow;
            var bodies = events.Make(count);
            var until = Round.Until(ground, count, s_patience);
            ours.Add(await Round.Of(ground.Cpu, count, () => wire.Send(Wire.Events, bodies)));
            folded.Add(await until());
            var rows = await ground.Copy("events").Read($"\"ReceivedAt\" >= '{since:O}'");
            copies.Add(await Round.Of(ground.Cpu, count, () => ground.Copy("events").Write(rows)));
        }

        board.AtLeast("events acknowledged over HTTP ÷ raw COPY", Round.Rate(ours), Round.Rate(copies), 0.6);
        Scoreboard.Tell("CPU an event while acknowledging", Round.Parts(ours), Round.Parts(copies));
        Scoreboard.Tell("events acknowledged and folded; CPU an event until then", Round.Rate(folded).ToString(), Round.Parts(folded));
        await ground.Run("DROP TABLE raw_events");
        return Round.Rate(ours);
    }
}
