using OpsConsole.Bench.Measures;

namespace OpsConsole.Bench.Ratios;

/// <summary>Events over HTTP beside raw COPY of the same rows.</summary>
internal static class EventsPart
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    /// <returns>Events acknowledged a second, which peers are held against.</returns>
    public static async Task<Figure> Run(Ground ground, Scoreboard board, bool quick)
    {
        var (rounds, count, warm) = quick ? (3, 5_000, 20_000) : (5, 20_000, 60_000);
        var events = new EventBodies("acked");
        using var wire = ground.Wire();
        await wire.Send(Wire.Events, events.Make(warm));
        await ground.Folded(s_patience);

        var (ours, copies) = (new List<Round>(), new List<Round>());
        for (var round = 0; round < rounds; round++)
        {
            var since = DateTimeOffset.UtcNow;
            var bodies = events.Make(count);
            ours.Add(await Round.Of(ground.Cpu, count, () => wire.Send(Wire.Events, bodies)));
            await ground.Folded(s_patience);
            var rows = await ground.Copy("events").Read($"\"ReceivedAt\" >= '{since:O}'");
            copies.Add(await Round.Of(ground.Cpu, count, () => ground.Copy("events").Write(rows)));
        }

        board.AtLeast("events acknowledged over HTTP ÷ raw COPY", Round.Rate(ours), Round.Rate(copies), 0.6);
        Scoreboard.Tell("CPU an event while acknowledging", Round.Parts(ours), Round.Parts(copies));
        await ground.Run("DROP TABLE raw_events");
        return Round.Rate(ours);
    }
}
