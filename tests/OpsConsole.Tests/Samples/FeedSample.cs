using OpsConsole.Sources;

namespace OpsConsole.Tests.Samples;

/// <summary>What a feed sent in the weeks before.</summary>
internal static class FeedSample
{
    private static readonly TimeZoneInfo s_berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    public static Guid Source { get; } = Ids.Key(["source", "netsuite"]);

    /// <summary>From 9 to 17 by the clocks of Berlin, Monday to Friday, until a moment of the last day.</summary>
    public static List<FeedQuarter> OfOffice(DateOnly last, TimeOnly until, int weeks = 7, int perQuarter = 10, string unit = "EMEA") =>
    [
        .. from back in Enumerable.Range(0, (7 * weeks) + 1)
           let day = last.AddDays(-back)
           where day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
           from quarter in Enumerable.Range(0, 32)
           let at = new TimeOnly(9, 0).AddMinutes(15 * quarter)
           where day < last || at <= until
           select Quarter(At(day, at), perQuarter, unit),
    ];

    /// <summary>Day and night.</summary>
    public static List<FeedQuarter> Always(DateTimeOffset from, DateTimeOffset until, string unit = "APAC") =>
        [.. Enumerable.Range(0, (int)((until - from).TotalMinutes / FeedQuarter.Minutes)).Select(quarter => Quarter(from.AddMinutes(quarter * FeedQuarter.Minutes), 10, unit))];

    /// <summary>A moment by the clocks of Berlin.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var wall = day.ToDateTime(time);
        return new DateTimeOffset(wall, s_berlin.GetUtcOffset(wall)).ToUniversalTime();
    }

    public static FeedQuarter Quarter(DateTimeOffset at, int facts, string unit) => new() { SourceId = Source, Unit = unit, At = FeedQuarter.Of(at), Facts = facts, LastAt = at.AddMinutes(at == FeedQuarter.Of(at) ? 5 : 0) };
}
