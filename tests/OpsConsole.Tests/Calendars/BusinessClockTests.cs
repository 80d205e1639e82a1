using System.Globalization;
using OpsConsole.Calendars;
using OpsConsole.Tests.Samples;

namespace OpsConsole.Tests.Calendars;

public class BusinessClockTests
{
    [Theory]
    [InlineData("2026-11-20T15:00+01:00", 2, "2026-11-20T17:00+01:00", "to the end of the day")]
    [InlineData("2026-11-20T15:00+01:00", 3, "2026-11-23T10:00+01:00", "over a weekend")]
    [InlineData("2026-11-21T12:00+01:00", 1, "2026-11-23T10:00+01:00", "from a Saturday")]
    [InlineData("2026-11-18T15:00+01:00", 3, "2026-11-20T10:00+01:00", "over a holiday")]
    [InlineData("2026-03-27T16:00+01:00", 2, "2026-03-30T10:00+02:00", "over a change of clocks")]
    public void Hours_are_added_while_the_office_is_open(string from, double hours, string due, string why)
    {
        var clock = new BusinessClock(new CalendarSample { Holidays = [new Holiday(new DateOnly(2026, 11, 19), "a holiday")] }.Build());

        Assert.True(At(due) == clock.Add(At(from), TimeSpan.FromHours(hours)), why);
    }

    [Fact]
    public void An_hour_of_the_close_counts_for_two_so_that_what_is_due_comes_sooner()
    {
        var close = new CloseWindow("Month end", 2) { LastDays = 1, FirstDays = 1 };
        var clock = new BusinessClock(new CalendarSample { Closes = [close] }.Build());

        var due = clock.Add(At("2026-11-30T09:00+01:00"), TimeSpan.FromHours(8));

        Assert.Equal(At("2026-11-30T13:00+01:00"), due);
        Assert.Equal((2.0, 2.0, 1.0), (clock.PaceAt(At("2026-11-30T10:00+01:00")), clock.PaceAt(At("2026-12-01T10:00+01:00")), clock.PaceAt(At("2026-12-02T10:00+01:00"))));
    }

    [Fact]
    public void A_night_shift_has_an_hour_less_when_clocks_go_forward_and_one_more_when_they_go_back()
    {
        var nights = new BusinessCalendar("nights", "Europe/Berlin", [new WorkHours(DayOfWeek.Sunday, "00:00", "06:00")], [], []);
        var clock = new BusinessClock(nights);

        Assert.Equal(TimeSpan.FromHours(5), clock.Between(At("2026-03-29T00:00+01:00"), At("2026-03-29T12:00+02:00")));
        Assert.Equal(TimeSpan.FromHours(7), clock.Between(At("2026-10-25T00:00+02:00"), At("2026-10-25T12:00+01:00")));
        Assert.Equal(At("2026-03-29T04:00+02:00"), clock.Add(At("2026-03-29T01:00+01:00"), TimeSpan.FromHours(2)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void It_agrees_with_a_model_that_looks_at_every_minute(int seed)
    {
        var random = new Random(seed);
        var calendar = Any(random);
        var clock = new BusinessClock(calendar);
        var from = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(365 * 24 * 60));
        var to = from.AddMinutes(random.Next(20 * 24 * 60));
        var hours = random.Next(1, 60 * 40) / 60.0;

        var model = new MinuteModel(calendar);

        Assert.Equal(model.Between(from, to), clock.Between(from, to));
        Assert.Equal(model.Add(from, TimeSpan.FromHours(hours)), clock.Add(from, TimeSpan.FromHours(hours)), TimeSpan.FromMinutes(1));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Added_time_is_what_lies_between_and_more_time_is_never_due_sooner(int seed)
    {
        var random = new Random(seed);
        var clock = new BusinessClock(Any(random));
        var from = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(random.Next(365 * 24 * 3600));
        var (less, more) = (TimeSpan.FromSeconds(random.Next(1, 300_000)), TimeSpan.FromSeconds(random.Next(300_000, 900_000)));

        var due = clock.Add(from, less);

        Assert.InRange(clock.Between(from, due) - less, TimeSpan.Zero, TimeSpan.FromTicks(10));
        Assert.Equal(-clock.Between(from, due), clock.Between(due, from));
        Assert.True(clock.Add(from, more) >= due);
        Assert.Equal(clock.Add(from, more), clock.Add(due, more - less), TimeSpan.FromMilliseconds(1));
    }

    [Theory]
    [InlineData("Europe/Berlin", "09:00", "17:00", null)]
    [InlineData("Europe/Atlantis", "09:00", "17:00", "zone")]
    [InlineData("Europe/Berlin", "17:00", "09:00", "week")]
    [InlineData("Europe/Berlin", "09:00", "09:30", "week")]
    [InlineData("Europe/Berlin", "9", "17:00", "week")]
    public void What_cannot_be_reckoned_by_is_refused_by_its_field(string zone, string from, string to, string? field)
    {
        var fault = CalendarRules.Fault(new CalendarSample { Zone = zone, From = from, To = to }.Build());

        Assert.Equal(field, fault?.Message.Split(':')[0]);
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    private static BusinessCalendar Any(Random random)
    {
        string[] zones = ["Europe/Berlin", "America/New_York", "Asia/Singapore", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo", "Pacific/Apia", "UTC", "Africa/Casablanca"];
        var week = new List<WorkHours>();
        foreach (var day in Enum.GetValues<DayOfWeek>().Where(day => day is DayOfWeek.Monday || random.Next(4) > 0))
        {
            var cuts = Enumerable.Range(0, random.Next(1, 3) * 2).Select(_ => random.Next(97) * 15).Append(day is DayOfWeek.Monday ? 0 : 24 * 60).Distinct().Order().ToList();
            week.AddRange(Enumerable.Range(0, cuts.Count / 2).Select(i => new WorkHours(day, Time(cuts[2 * i]), Time(cuts[(2 * i) + 1]))));
        }

        week = [.. week.Where(hours => hours.Day is not DayOfWeek.Monday), new WorkHours(DayOfWeek.Monday, "00:00", "23:45")];
        var dated = new DateOnly(2026, 1, 1).AddDays(random.Next(365));
        return new BusinessCalendar(
            "any", zones[random.Next(zones.Length)], week,
            [.. Enumerable.Range(0, 12).Select(_ => new DateOnly(2026, 1, 1).AddDays(random.Next(365))).Distinct().Select(day => new Holiday(day, "off"))],
            [new CloseWindow("month", 1 + random.Next(4)) { LastDays = random.Next(4), FirstDays = 1 + random.Next(3) }, new CloseWindow("dated", 3) { From = dated, Until = dated.AddDays(5) }]);
    }

    private static string Time(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The definition, taken word for word: each minute by itself, by the zone's clocks.</summary>
    private sealed class MinuteModel(BusinessCalendar calendar)
    {
        private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(calendar.Zone);

        public TimeSpan Between(DateTimeOffset from, DateTimeOffset to)
        {
            var counted = 0.0;
            for (var at = from; at < to; at = at.AddMinutes(1))
            {
                counted += Weight(at);
            }

            return TimeSpan.FromMinutes(counted);
        }

        public DateTimeOffset Add(DateTimeOffset from, TimeSpan time)
        {
            var left = time.TotalMinutes;
            var at = from;
            while (left > 0.000_1)
            {
                left -= Weight(at);
                at = at.AddMinutes(1);
            }

            return at;
        }

        private double Weight(DateTimeOffset at)
        {
            var local = TimeZoneInfo.ConvertTime(at, _zone);
            var (day, minute) = (DateOnly.FromDateTime(local.DateTime), (local.Hour * 60) + local.Minute);
            return Works(day) && calendar.Week.Any(hours => hours.Day == day.DayOfWeek && WorkHours.Minutes(hours.From) <= minute && minute < WorkHours.Minutes(hours.To))
                ? calendar.Closes.Where(window => Covers(window, day)).Select(window => window.Pace).Append(1).Max()
                : 0;
        }

        private bool Works(DateOnly day) => calendar.Week.Any(hours => hours.Day == day.DayOfWeek) && calendar.Holidays.All(holiday => holiday.Day != day);

        private bool Covers(CloseWindow window, DateOnly day)
        {
            if (window.From is { } first)
            {
                return day >= first && day <= window.Until;
            }

            var working = Enumerable.Range(1, DateTime.DaysInMonth(day.Year, day.Month)).Select(one => new DateOnly(day.Year, day.Month, one)).Where(Works).ToList();
            return working.Take(window.FirstDays).Contains(day) || working.TakeLast(window.LastDays).Contains(day);
        }
    }
}
