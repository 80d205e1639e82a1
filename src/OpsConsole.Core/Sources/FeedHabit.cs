using OpsConsole.Calendars;

namespace OpsConsole.Sources;

/// <summary>What a feed's habit says of the time in which nothing has come.</summary>
/// <param name="Weeks">How many weeks it was compared with.</param>
/// <param name="Usual">How many facts came in the same time at least, one odd week left out where there are four or more.</param>
public readonly record struct FeedVerdict(int Weeks, long Usual)
{
    /// <summary>Something should have come.</summary>
    public bool Silent => Weeks >= FeedHabit.FewestWeeks && Usual >= FeedHabit.Expected;
}

/// <summary>
/// Learns from past weeks what a feed sends at the same hours of the same days, by the clocks of its unit's calendar, and says of a silence whether it is one. The time
/// since the last receipt is laid over each week before, quarter for quarter: it is a silence when in every such week something came. So a feed that sends once a day is
/// missed after its hour, a busy one within the half-hour, and no feed at night if it sleeps at night. A holiday expects nothing, and no week is compared whose days were holidays.
/// Pure: the same history gives the same verdict.
/// </summary>
public static class FeedHabit
{
    public const int MostWeeks = 6;
    public const int FewestWeeks = 2;

    /// <summary>So many facts at least must have come in the same time of the other weeks: fewer may fail to come by chance.</summary>
    public const long Expected = 5;

    private const int WeeksWithAnOddOne = 4;
    private static readonly TimeSpan s_quarter = TimeSpan.FromMinutes(FeedQuarter.Minutes);
    private static readonly TimeSpan s_week = TimeSpan.FromDays(7);

    /// <summary>How far back it looks.</summary>
    public static TimeSpan Memory { get; } = (MostWeeks + 1) * s_week;

    /// <param name="history">What came, at most <see cref="Memory"/> back.</param>
    /// <param name="clock">The calendar of the feed's unit; nothing: it keeps none, every day is like the same day of the week.</param>
    /// <param name="lastAt">The latest receipt.</param>
    /// <param name="now">UTC.</param>
    public static FeedVerdict Judge(IReadOnlyCollection<FeedQuarter> history, BusinessClock? clock, DateTimeOffset lastAt, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(history);
        var quiet = Quiet(clock, lastAt, now);
        if (history.Count == 0 || quiet.Count == 0)
        {
            return default;
        }

        var (came, first) = (history.ToDictionary(quarter => quarter.At, quarter => quarter.Facts), history.Min(quarter => quarter.At));
        var weeks = Enumerable.Range(1, MostWeeks).Select(back => quiet.ConvertAll(quarter => Back(clock, quarter, back)))
            .Where(week => week[0] >= first && !week.Exists(quarter => IsHoliday(clock, quarter)))
            .Select(week => week.Sum(quarter => came.GetValueOrDefault(quarter))).Order().ToList();
        return new FeedVerdict(weeks.Count, weeks.Count == 0 ? 0 : weeks[weeks.Count >= WeeksWithAnOddOne ? 1 : 0]);
    }

    /// <summary>The whole quarters in which nothing came, of the first week at most, without holidays.</summary>
    private static List<DateTimeOffset> Quiet(BusinessClock? clock, DateTimeOffset lastAt, DateTimeOffset now)
    {
        var from = FeedQuarter.Of(lastAt) + s_quarter;
        var until = now < from + s_week ? now : from + s_week;
        var quiet = new List<DateTimeOffset>();
        for (var at = from; at + s_quarter <= until; at += s_quarter)
        {
            if (!IsHoliday(clock, at))
            {
                quiet.Add(at);
            }
        }

        return quiet;
    }

    // The same time on the wall, so that a change of clocks in between moves nothing.
    private static DateTimeOffset Back(BusinessClock? clock, DateTimeOffset quarter, int weeks)
    {
        if (clock is null)
        {
            return quarter - (weeks * s_week);
        }

        var wall = Wall(clock, quarter) - (weeks * s_week);
        return FeedQuarter.Of(new DateTimeOffset(wall, clock.Zone.GetUtcOffset(wall)));
    }

    private static DateTime Wall(BusinessClock clock, DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, clock.Zone).DateTime;

    private static bool IsHoliday(BusinessClock? clock, DateTimeOffset at)
    {
        if (clock is null)
        {
            return false;
        }

        var day = DateOnly.FromDateTime(Wall(clock, at));
        return clock.Calendar.Holidays.Any(holiday => holiday.Day == day);
    }
}
