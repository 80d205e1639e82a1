using OpsConsole.Simulator.Wire;

namespace OpsConsole.Simulator.Business;

/// <summary>How long things take.</summary>
internal static class Pace
{
    /// <summary>A service at work on the journey at hand: the same each time the same journey passes.</summary>
    public static TimeSpan Work(long seed, string what, int leastMs, int mostMs) =>
        new Dice(seed, "work " + what, Journey.Current?.Deal ?? 0).Between(TimeSpan.FromMilliseconds(leastMs), TimeSpan.FromMilliseconds(mostMs));
}
