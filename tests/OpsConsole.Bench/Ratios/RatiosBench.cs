using OpsConsole.Bench.Measures;

namespace OpsConsole.Bench.Ratios;

/// <summary>Everything that is promised about speed, each figure beside its limit or its peers, in one run and one table.</summary>
internal static class RatiosBench
{
    public static readonly string[] Parts = ["spans", "events", "sustained"];

    /// <param name="only">The parts to run; nothing: all.</param>
    /// <param name="quick">Less of everything.</param>
    /// <returns>0, or 1 when a figure falls short.</returns>
    public static async Task<int> Run(IReadOnlyCollection<string> only, bool quick)
    {
        bool Wanted(string part) => only.Count == 0 || only.Contains(part);

        var board = new Scoreboard(quick);
        Scoreboard.Head();
        await using (var ground = await Ground.Prepare())
        {
            if (Wanted("spans"))
            {
                await SpansPart.Run(ground, board, quick);
            }

            if (Wanted("events"))
            {
                await EventsPart.Run(ground, board, quick);
            }

            if (Wanted("sustained"))
            {
                await SustainedPart.Run(ground, board, quick);
            }
        }

        foreach (var name in board.Short)
        {
            await Console.Error.WriteLineAsync($"falls short: {name}");
        }

        return board.Short.Count == 0 ? 0 : 1;
    }
}
