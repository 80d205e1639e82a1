using System.Numerics;

namespace OpsConsole.Flows;

/// <summary>
/// The class of a distance between two milestones: the longer, the higher, four classes to each doubling. Which class holds a percentile is told by counting; only the
/// distances of that one class need to be looked at to tell it exactly.
/// </summary>
public static class MilestonePace
{
    /// <summary>The class of what took from the one moment to the other; negative classes are of what came before what it follows.</summary>
    public static short? Of(DateTimeOffset? from, DateTimeOffset? to)
    {
        if (from is not { } first || to is not { } second)
        {
            return null;
        }

        // In microseconds, which both databases keep.
        var distance = (second.UtcTicks / TimeSpan.TicksPerMicrosecond) - (first.UtcTicks / TimeSpan.TicksPerMicrosecond);
        return (short)(distance < 0 ? -Class(-distance) : Class(distance));
    }

    private static int Class(long microseconds)
    {
        if (microseconds < 4)
        {
            return (int)microseconds;
        }

        var power = BitOperations.Log2((ulong)microseconds);
        return (4 * power) + (int)((microseconds >> (power - 2)) & 3) - 4;
    }
}
