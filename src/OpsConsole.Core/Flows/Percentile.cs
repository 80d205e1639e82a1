namespace OpsConsole.Flows;

/// <summary>Percentiles by nearest rank: pX is the ⌈p·n⌉-th smallest of n values (wire contract §6). No value is ever made up between two.</summary>
public static class Percentile
{
    /// <param name="ascending">The values in ascending order; not empty.</param>
    /// <param name="p">Above 0, at most 1.</param>
    public static T Of<T>(IReadOnlyList<T> ascending, double p)
    {
        ArgumentNullException.ThrowIfNull(ascending);
        return ascending[Place(ascending.Count, p)];
    }

    /// <summary>Where among so many, from 0.</summary>
    // The product is rounded first: 0.95 × 20 is 19.000000000000004 in binary and must stay the 19th.
    public static int Place(int count, double p) => Math.Max(0, (int)Math.Ceiling(Math.Round(p * count, 9)) - 1);
}
