using OpsConsole.Calendars;
using OpsConsole.Sources;
using OpsConsole.Tests.Samples;

namespace OpsConsole.Tests.Sources;

/// <summary>An office of Berlin, on Tuesday 31 March 2026: the clocks were put forward two days before, so that the weeks it is compared with lie an hour off in UTC.</summary>
public class FeedHabitTests
{
    private static readonly BusinessClock s_berlin = new(new CalendarSample().Build());
    private static readonly DateOnly s_today = new(2026, 3, 31);

    [Fact]
    public void A_feed_that_is_cut_is_missed_when_the_first_whole_quarter_has_passed()
    {
        var history = FeedSample.OfOffice(s_today, new TimeOnly(10, 5));

        Assert.False(Judge(history, new TimeOnly(10, 5), new TimeOnly(10, 29)).Silent);
        Assert.Equal(new FeedVerdict(6, 10), Judge(history, new TimeOnly(10, 5), new TimeOnly(10, 30)));
        Assert.True(Judge(history, new TimeOnly(10, 5), new TimeOnly(10, 30)).Silent);
    }

    [Fact]
    public void A_night_is_no_silence_and_the_morning_after_it_is_one()
    {
        var history = FeedSample.OfOffice(s_today, new TimeOnly(17, 0)).Where(quarter => quarter.At < At(s_today, 0)).ToList();
        var friday = history.Max(quarter => quarter.At);

        Assert.False(FeedHabit.Judge(history, s_berlin, friday, At(s_today, 3)).Silent);
        Assert.False(FeedHabit.Judge(history, s_berlin, friday, At(s_today, 9)).Silent);
        Assert.True(FeedHabit.Judge(history, s_berlin, friday, At(s_today, 9, 15)).Silent);
    }

    [Fact]
    public void A_holiday_expects_nothing_however_long_it_is_quiet()
    {
        var holiday = new BusinessClock(new CalendarSample { Holidays = [new Holiday(s_today, "Company day")] }.Build());
        var history = FeedSample.OfOffice(s_today.AddDays(-1), new TimeOnly(17, 0));

        Assert.True(FeedHabit.Judge(history, s_berlin, history.Max(quarter => quarter.At), At(s_today, 16)).Silent);
        Assert.False(FeedHabit.Judge(history, holiday, history.Max(quarter => quarter.At), At(s_today, 16)).Silent);
        Assert.False(FeedHabit.Judge(history, holiday, history.Max(quarter => quarter.At), At(s_today.AddDays(1), 9)).Silent);
        Assert.True(FeedHabit.Judge(history, holiday, history.Max(quarter => quarter.At), At(s_today.AddDays(1), 9, 15)).Silent);
    }

    [Fact]
    public void Weeks_in_which_that_day_was_a_holiday_are_not_compared()
    {
        var (lastWeek, before) = (s_today.AddDays(-7), s_today.AddDays(-14));
        var holidays = new BusinessClock(new CalendarSample { Holidays = [new Holiday(lastWeek, "one"), new Holiday(before, "two")] }.Build());
        var history = FeedSample.OfOffice(s_today, new TimeOnly(10, 5)).Where(quarter => quarter.At < At(before, 0) || (quarter.At > At(before, 24) && quarter.At < At(lastWeek, 0)) || quarter.At > At(lastWeek, 24)).ToList();

        Assert.False(FeedHabit.Judge(history, s_berlin, At(s_today, 10, 5), At(s_today, 10, 30)).Silent);
        Assert.Equal(new FeedVerdict(4, 10), FeedHabit.Judge(history, holidays, At(s_today, 10, 5), At(s_today, 10, 30)));
    }

    [Fact]
    public void One_odd_week_among_many_is_forgiven_and_a_habit_of_one_week_is_none()
    {
        var odd = FeedSample.OfOffice(s_today, new TimeOnly(10, 5)).Where(quarter => quarter.At < At(s_today.AddDays(-14), 0) || quarter.At > At(s_today.AddDays(-14), 24)).ToList();
        var young = FeedSample.OfOffice(s_today, new TimeOnly(10, 5), weeks: 1);

        Assert.True(FeedHabit.Judge(odd, s_berlin, At(s_today, 10, 5), At(s_today, 10, 30)).Silent);
        Assert.Equal((1, false), (FeedHabit.Judge(young, s_berlin, At(s_today, 10, 5), At(s_today, 16)).Weeks, FeedHabit.Judge(young, s_berlin, At(s_today, 10, 5), At(s_today, 16)).Silent));
    }

    [Fact]
    public void A_feed_that_sends_once_an_hour_is_not_missed_before_its_hour()
    {
        var hourly = FeedSample.OfOffice(s_today, new TimeOnly(10, 5), perQuarter: 200).Where(quarter => TimeZoneInfo.ConvertTime(quarter.At, s_berlin.Zone).Minute == 0).ToList();

        Assert.False(FeedHabit.Judge(hourly, s_berlin, At(s_today, 10, 5), At(s_today, 11)).Silent);
        Assert.True(FeedHabit.Judge(hourly, s_berlin, At(s_today, 10, 5), At(s_today, 11, 15)).Silent);
    }

    [Fact]
    public void A_feed_of_a_unit_without_a_calendar_is_known_by_the_same_hours_of_the_same_days()
    {
        var noon = new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);
        var history = FeedSample.Always(noon.AddDays(-49), noon);

        Assert.Equal(new FeedVerdict(6, 10), FeedHabit.Judge(history, null, noon.AddMinutes(-1), noon.AddMinutes(15)));
    }

    private static FeedVerdict Judge(IReadOnlyList<FeedQuarter> history, TimeOnly last, TimeOnly now) =>
        FeedHabit.Judge(history, s_berlin, FeedSample.At(s_today, last), FeedSample.At(s_today, now));

    private static DateTimeOffset At(DateOnly day, int hour, int minute = 0) => FeedSample.At(day, TimeOnly.MinValue).AddHours(hour).AddMinutes(minute);
}
