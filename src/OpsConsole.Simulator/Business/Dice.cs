using System.Security.Cryptography;
using System.Text;

namespace OpsConsole.Simulator.Business;

/// <summary>
/// Repeatable chance: what comes out depends on the seed and on what is asked about, never on who asked before. So a decision about
/// transaction 231 is the same in any run, in any order, and after a restart.
/// </summary>
internal sealed class Dice
{
    private ulong _state;

    public Dice(long seed, string about, long number)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}|{about}|{number}"));
        _state = BitConverter.ToUInt64(hash);
    }

    /// <summary>From 0 up to, not including, 1.</summary>
    public double Next()
    {
        // SplitMix64.
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        z ^= z >> 31;
        return (z >> 11) * (1.0 / (1UL << 53));
    }

    public bool Chance(double share) => Next() < share;

    public int Below(int count) => (int)(Next() * count);

    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    /// <summary>Whole milliseconds, so that two runs write the same times.</summary>
    public TimeSpan Between(TimeSpan least, TimeSpan most) =>
        TimeSpan.FromMilliseconds(Math.Floor(least.TotalMilliseconds + (Next() * (most - least).TotalMilliseconds)));

    /// <summary>Skewed as money and delays are: half are below the median, a few far above it.</summary>
    public double LogNormal(double median, double sigma)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - Next())) * Math.Cos(2 * Math.PI * Next());
        return median * Math.Exp(sigma * normal);
    }
}
