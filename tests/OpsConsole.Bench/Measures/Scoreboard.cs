using System.Globalization;

namespace OpsConsole.Bench.Measures;

/// <summary>The table: one Markdown row a figure, printed as it is known, and what fell short.</summary>
/// <param name="quick">A figure that could not be measured does not count against a quick run.</param>
internal sealed class Scoreboard(bool quick)
{
    private readonly List<string> _short = [];

    /// <summary>The names of the figures that fell short, or could not be measured though they had to be.</summary>
    public IReadOnlyList<string> Short => _short;

    public static void Head() => Console.WriteLine("| name | ours | limit or peer | ratio | goal | met |\n|---|---|---|---|---|---|");

    /// <summary>More is better: ours over the limit or peer is held against the least that is wanted.</summary>
    public void AtLeast(string name, Figure ours, Figure limit, double goal) => Print(name, ours, limit, goal, "≥", ours.Value / limit.Value >= goal);

    /// <summary>Less is better: ours over the limit or peer is held against the most that is allowed.</summary>
    public void AtMost(string name, Figure ours, Figure limit, double goal) => Print(name, ours, limit, goal, "≤", ours.Value / limit.Value <= goal);

    /// <summary>A time beside the time of bare SQL: so many times as long, or so many milliseconds longer where that is more.</summary>
    public void Near(string name, double ours, double bare, double times, double more) => Row(
        name, Say(ours, "ms"), Say(bare, "ms"), Ratio(ours / bare), string.Create(CultureInfo.InvariantCulture, $"≤ {times} or + {more} ms"), ours <= Math.Max(bare * times, bare + more));

    /// <summary>A figure without a goal of its own.</summary>
    public static void Tell(string name, string ours, string beside = "") => Row(name, ours, beside);

    /// <summary>A condition that holds or does not.</summary>
    public void Holds(string name, string seen, string wanted, bool met) => Row(name, seen, "", "", wanted, met);

    /// <summary>It could not be measured here, and why.</summary>
    public void NotRun(string name, string goal, string why)
    {
        Console.WriteLine($"| {name} | not run: {why} | | | {goal} | {(quick ? "not run" : "**no**")} |");
        if (!quick)
        {
            _short.Add(name);
        }
    }

    private void Print(string name, Figure ours, Figure limit, double goal, string sign, bool met) => Row(
        name, ours.ToString(), limit.ToString(), Ratio(ours.Value / limit.Value), string.Create(CultureInfo.InvariantCulture, $"{sign} {goal}"), met);

    private void Row(string name, string ours, string limit, string ratio, string goal, bool met)
    {
        Console.WriteLine($"| {name} | {ours} | {limit} | {ratio} | {goal} | {(met ? "yes" : "**no**")} |");
        if (!met)
        {
            _short.Add(name);
        }
    }

    private static void Row(string name, string ours, string beside) => Console.WriteLine($"| {name} | {ours} | {beside} | | | |");

    private static string Ratio(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Say(double value, string unit) => new Figure(value, unit).ToString();
}

/// <summary>A number as it is printed.</summary>
internal readonly record struct Figure(double Value, string Unit)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Value >= 100 ? Value.ToString("N0", CultureInfo.InvariantCulture) : Value.ToString("0.##", CultureInfo.InvariantCulture))} {Unit}");
}

internal static class Numbers
{
    public static double Median(this IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>The ⌈p·n⌉-th smallest.</summary>
    public static double Percentile(this IEnumerable<double> values, double p)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Clamp((int)Math.Ceiling(p * sorted.Count) - 1, 0, sorted.Count - 1)];
    }
}
