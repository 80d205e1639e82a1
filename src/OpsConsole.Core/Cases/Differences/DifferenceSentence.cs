using System.Globalization;

namespace OpsConsole.Cases.Differences;

/// <summary>A difference in one sentence.</summary>
internal static class DifferenceSentence
{
    /// <param name="mark">What was found.</param>
    /// <param name="others">What the others are called: <c>the healthy ones</c>.</param>
    public static string Of(FoundMark mark, string others)
    {
        var (these, those) = (Percent(mark.Association.FailedShare), Percent(mark.Association.HealthyShare));
        return mark.Kind switch
        {
            MarkKind.Lacks => $"{these} of them lack {mark.Field}, of {others} {those}",
            MarkKind.Has => $"{these} of them have {mark.Field}, of {others} {those}",
            MarkKind.Is => $"In {these} of them {mark.Field} is {mark.Value}, in {others} in {those}",
            _ => $"Of {these} of them {mark.Field} has said nothing, of {others} {those}",
        };
    }

    /// <summary>The sentence's end; nothing where there is no money.</summary>
    /// <param name="amount">In the reporting currency.</param>
    /// <param name="how"><c>about </c>, <c>at least </c> or nothing.</param>
    /// <param name="currency">The reporting currency.</param>
    public static string Money(decimal amount, string how, string currency) => amount > 0 ? $": {how}{currency} {Brief(amount)}" : "";

    // Neither "100 %" for nearly all nor "0 %" for hardly any.
    private static string Percent(double share) => share switch
    {
        >= 1 => "100%",
        > 0.99 => share.ToString("0.0%", CultureInfo.InvariantCulture) is "100.0%" ? "99.9%" : share.ToString("0.0%", CultureInfo.InvariantCulture),
        0 => "none",
        < 0.01 => share.ToString("0.0%", CultureInfo.InvariantCulture) is "0.0%" ? "0.1%" : share.ToString("0.0%", CultureInfo.InvariantCulture),
        _ => share.ToString("0%", CultureInfo.InvariantCulture),
    };

    private static string Brief(decimal amount) => amount switch
    {
        >= 1_000_000 => (amount / 1_000_000).ToString("0.0", CultureInfo.InvariantCulture) + "m",
        >= 10_000 => (amount / 1_000).ToString("0", CultureInfo.InvariantCulture) + "k",
        _ => amount.ToString("N0", CultureInfo.InvariantCulture),
    };
}
