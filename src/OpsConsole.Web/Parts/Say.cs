using System.Globalization;

namespace OpsConsole.Web.Parts;

/// <summary>How lengths of time and large numbers are written, everywhere alike (two units at most, no space inside one).</summary>
public static class Say
{
    private static readonly CultureInfo s_plain = CultureInfo.InvariantCulture;

    /// <summary>An age or a time until something: <c>12s</c>, <c>18m</c>, <c>1h 05m</c>, <c>2d 1h</c>. The sign is the caller's to say.</summary>
    public static string Age(TimeSpan age)
    {
        var span = age.Duration();
        return span switch
        {
            { TotalMinutes: < 1 } => $"{span.Seconds}s",
            { TotalHours: < 1 } => $"{span.Minutes}m",
            { TotalDays: < 1 } => span.Minutes == 0 ? $"{span.Hours}h" : $"{span.Hours}h {span.Minutes:00}m",
            _ => span.Hours == 0 ? $"{span.Days}d" : $"{span.Days}d {span.Hours}h",
        };
    }

    /// <summary>What something took: <c>0.4ms</c>, <c>90ms</c>, <c>3.71s</c>, <c>2m 09s</c>, then as an age.</summary>
    public static string Took(TimeSpan took) => took.Duration() switch
    {
        { TotalMilliseconds: < 10 } span => string.Create(s_plain, $"{span.TotalMilliseconds:0.#}ms"),
        { TotalSeconds: < 1 } span => string.Create(s_plain, $"{span.TotalMilliseconds:0}ms"),
        { TotalMinutes: < 1 } span => string.Create(s_plain, $"{span.TotalSeconds:0.00}s"),
        { TotalHours: < 1 } span => string.Create(s_plain, $"{span.Minutes}m {span.Seconds:00}s"),
        var span => Age(span),
    };

    /// <summary>Where somebody is, at the beginning of a line. Names keep their spelling.</summary>
    public static string Where(Scope scope) => scope.AllUnits || scope.Units.Length == 0 ? $"{char.ToUpperInvariant(scope.Words[0])}{scope.Words[1..]}" : scope.Words;

    /// <summary>A count with its thousands: <c>18,442,907</c>.</summary>
    public static string Count(long count) => count.ToString("N0", s_plain);

    /// <summary>A count and its noun: <c>1 exception</c>, <c>420 exceptions</c>.</summary>
    public static string Count(long count, string one, string? many = null) => $"{Count(count)} {(count == 1 ? one : many ?? one + "s")}";

    /// <summary>An amount as a board shortens it, without its currency: <c>8.64m</c>, <c>412.3k</c>, <c>980</c>. The exact one stands on hover.</summary>
    public static string Brief(decimal amount) => Math.Abs(amount) switch
    {
        >= 1_000_000_000 => string.Create(s_plain, $"{amount / 1_000_000_000:0.00}bn"),
        >= 1_000_000 => string.Create(s_plain, $"{amount / 1_000_000:0.00}m"),
        >= 10_000 => string.Create(s_plain, $"{amount / 1_000:0.0}k"),
        _ => amount.ToString("N0", s_plain),
    };

    /// <summary>A share of a whole: <c>99.8%</c>; never 100% while something is missing, never 0% while something is there.</summary>
    public static string Share(double share) => share switch
    {
        <= 0 => "0%",
        < 0.001 => "<0.1%",
        >= 1 => "100%",
        > 0.999 => ">99.9%",
        _ => string.Create(s_plain, $"{share * 100:0.#}%"),
    };
}
