namespace OpsConsole.Reports;

/// <summary>How often a report is mailed.</summary>
public enum ReportPace : short
{
    Daily = 0,

    /// <summary>Monday to Friday.</summary>
    Workdays = 1,
    Weekly = 2,
    Monthly = 3,
}

/// <summary>When a report is due.</summary>
public static class ReportTime
{
    private const int Longest = 63;

    /// <summary>The first due moment after another, UTC. A time that a change of clocks skips is taken an hour later; one that it repeats, the first time.</summary>
    public static DateTimeOffset Next(ReportPace pace, int day, int minute, string zone, DateTimeOffset after)
    {
        var clocks = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var first = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(after, clocks).DateTime);
        for (var i = 0; i < Longest; i++)
        {
            var wall = first.AddDays(i).ToDateTime(TimeOnly.MinValue).AddMinutes(minute);
            wall = clocks.IsInvalidTime(wall) ? wall.AddHours(1) : wall;
            var offset = clocks.IsAmbiguousTime(wall) ? clocks.GetAmbiguousTimeOffsets(wall).Max() : clocks.GetUtcOffset(wall);
            var at = new DateTimeOffset(wall, offset).ToUniversalTime();
            if (at > after && Falls(pace, day, first.AddDays(i)))
            {
                return at;
            }
        }

        throw new InvalidOperationException($"No day within {Longest} days fits {pace} {day}.");
    }

    private static bool Falls(ReportPace pace, int day, DateOnly date) => pace switch
    {
        ReportPace.Workdays => date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday),
        ReportPace.Weekly => (int)date.DayOfWeek == day,
        ReportPace.Monthly => date.Day == Math.Min(day, DateTime.DaysInMonth(date.Year, date.Month)),
        _ => true,
    };
}
