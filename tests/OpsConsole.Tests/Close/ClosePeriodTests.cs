using OpsConsole.Calendars;
using OpsConsole.Close;

namespace OpsConsole.Tests.Close;

public class ClosePeriodTests
{
    private static readonly DateTimeOffset s_now = new(2026, 12, 1, 8, 0, 0, TimeSpan.Zero);

    private static readonly BusinessCalendar s_office = new(
        "office", "UTC", [.. new[] { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday }.Select(day => new WorkHours(day, "09:00", "17:00"))],
        [new Holiday(new DateOnly(2026, 12, 2), "Closed")], [new CloseWindow("Month end", 2) { FirstDays = 3 }]);

    [Fact]
    public void In_the_first_days_of_a_month_the_one_before_is_being_closed()
    {
        Assert.Equal("2026-11", ClosePeriod.Of(null, s_now)!.Code);
        Assert.Equal("2026-12", ClosePeriod.Of(null, s_now.AddDays(12))!.Code);
        Assert.Null(ClosePeriod.Of("last month", s_now));
    }

    [Fact]
    public void The_books_are_to_be_closed_at_the_end_of_the_calendars_close_window_and_holidays_do_not_count()
    {
        var hours = new WorkingHours(ClosePeriod.Of("2026-11", s_now)!, new BusinessClock(s_office));

        // 1, 3 and 4 December are worked; the hours left are true ones, whatever the window's pace.
        Assert.Equal(new DateTimeOffset(2026, 12, 4, 17, 0, 0, TimeSpan.Zero), hours.Deadline);
        Assert.Equal(24, hours.Between(s_now, hours.Deadline).TotalHours);
    }

    [Fact]
    public void Without_a_calendar_it_is_the_fifth_working_day() =>
        Assert.Equal(new DateTimeOffset(2026, 12, 8, 0, 0, 0, TimeSpan.Zero), new WorkingHours(ClosePeriod.Of("2026-11", s_now)!, null).Deadline);

    [Fact]
    public void A_forecast_follows_what_was_ended_in_business_hours()
    {
        var period = ClosePeriod.Of("2026-11", s_now)!;
        var hours = new WorkingHours(period, new BusinessClock(s_office));

        // Ten days of eight hours lie in the last 14; 40 ended in them are one in two hours.
        var soon = CloseForecast.Of(8, 40, 0, period, hours, s_now);
        var late = CloseForecast.Of(13, 40, 0, period, hours, s_now);

        Assert.Equal((new DateTimeOffset(2026, 12, 3, 17, 0, 0, TimeSpan.Zero), true), (soon.EmptyAt!.Value, soon.InTime!.Value));
        Assert.False(late.InTime);
        Assert.Null(CloseForecast.Of(5, 0, 3, period, hours, s_now).InTime);
        Assert.True(CloseForecast.Of(0, 0, 3, period, hours, s_now).InTime);
    }

    [Fact]
    public void While_the_period_runs_what_comes_in_counts_against_what_is_ended()
    {
        var running = ClosePeriod.Of("2026-12", s_now)!;
        var hours = new WorkingHours(running, new BusinessClock(s_office));

        Assert.True(CloseForecast.Of(8, 40, 20, running, hours, s_now).EmptyAt > CloseForecast.Of(8, 40, 0, running, hours, s_now).EmptyAt);
        Assert.False(CloseForecast.Of(4_000, 40, 80, running, hours, s_now).InTime);
    }
}
