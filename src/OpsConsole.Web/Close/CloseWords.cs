using System.Globalization;
using OpsConsole.Close;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Close;

/// <summary>A close as people read it.</summary>
internal static class CloseWords
{
    public static Status Of(CloseForecast forecast, bool clear) =>
        clear ? new Status("done", "Clear", "good")
        : forecast.InTime switch
        {
            true => new Status("soon", "In time", "move"),
            false => new Status("over", "Too late", "bad"),
            _ => new Status("quiet", "Not known", "still"),
        };

    public static string Month(ClosePeriod period) => period.From.ToString("MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>The months around the present, the latest first.</summary>
    public static IEnumerable<(string, string)> Months(DateTimeOffset now, ClosePeriod? shown) =>
        Enumerable.Range(0, 6).Select(back => ClosePeriod.Of(now.AddMonths(-back).ToString("yyyy-MM", CultureInfo.InvariantCulture), now)).Append(shown).OfType<ClosePeriod>().DistinctBy(one => one.Code)
            .OrderByDescending(one => one.From).Select(one => (one.Code, Month(one)));

    public static string Hours(double hours) => hours <= 0 ? "none" : hours < 10 ? hours.ToString("0.0'h'", CultureInfo.InvariantCulture) : hours.ToString("N0", CultureInfo.InvariantCulture) + "h";

    /// <summary>What came in and what was ended, a business hour.</summary>
    public static string Pace(CloseForecast forecast) =>
        string.Create(CultureInfo.InvariantCulture, $"{forecast.EndedPerHour:0.##} ended and {forecast.OpenedPerHour:0.##} opened a business hour, over {CloseForecast.Days} days");
}
