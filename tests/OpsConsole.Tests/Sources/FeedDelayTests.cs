using OpsConsole.Sources;

namespace OpsConsole.Tests.Sources;

public class FeedDelayTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 31, 12, 20, 0, TimeSpan.Zero);
    private static readonly TimeSpan s_allowed = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(1, 14, false)]
    [InlineData(1, 16, true)]
    [InlineData(10, 39, false)]
    [InlineData(10, 41, true)]
    public void Late_is_more_than_a_quarter_of_an_hour_and_four_times_as_much_as_usual(int usually, int now, bool late)
    {
        List<SourceHour> week = [.. Enumerable.Range(2, 10).Select(back => Hour(back, 5, usually)), Hour(0, 8, now)];

        var delay = FeedDelay.Judge(week, s_allowed, s_now);

        Assert.Equal(late ? new FeedDelay(TimeSpan.FromMinutes(now), TimeSpan.FromMinutes(usually)) : null, delay);
    }

    [Fact]
    public void One_odd_hour_makes_no_habit()
    {
        List<SourceHour> week = [.. Enumerable.Range(2, 10).Select(back => Hour(back, 5, back == 4 ? 3_000 : 1)), Hour(1, 8, 30)];

        Assert.Equal(TimeSpan.FromMinutes(1), FeedDelay.Judge(week, s_allowed, s_now)!.Value.Usual);
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(61, true)]
    public void Without_a_habit_it_is_what_is_set_and_hours_without_anything_new_make_none(int now, bool late)
    {
        List<SourceHour> week = [.. Enumerable.Range(2, 100).Select(back => Hour(back, 0, 0)), .. Enumerable.Range(2, FeedDelay.FewestHours - 1).Select(back => Hour(back + 100, 5, 1)), Hour(0, 1, now)];

        Assert.Equal(late ? new FeedDelay(TimeSpan.FromMinutes(now), null) : null, FeedDelay.Judge(week, s_allowed, s_now));
    }

    [Fact]
    public void What_came_late_before_and_comes_in_time_or_not_at_all_now_is_not_late()
    {
        Assert.Null(FeedDelay.Judge([Hour(2, 5, 600)], s_allowed, s_now));
        Assert.Null(FeedDelay.Judge([Hour(2, 5, 600), Hour(0, 5, 1)], s_allowed, s_now));
        Assert.Null(FeedDelay.Judge([], s_allowed, s_now));
    }

    private static SourceHour Hour(int back, int events, int minutes)
    {
        var hour = s_now.AddMinutes(-20).AddHours(-back);
        return new SourceHour { SourceId = Guid.Empty, Hour = hour, Events = 9, NewEvents = events, DelayMs = events * minutes * 60_000L, LastAt = hour.AddMinutes(10) };
    }
}
