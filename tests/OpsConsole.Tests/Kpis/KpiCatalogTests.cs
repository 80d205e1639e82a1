using OpsConsole.Kpis;
using OpsConsole.Rates;

namespace OpsConsole.Tests.Kpis;

public class KpiCatalogTests
{
    private static readonly DateTimeOffset s_tuesday = new(2026, 11, 17, 12, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Every_number_says_what_it_means_where_it_comes_from_and_who_answers_for_it() => Assert.All(KpiCatalog.All, kpi =>
    {
        var meaning = kpi.Definition;

        Assert.All(new[] { kpi.Title, meaning.Formula, meaning.Source, meaning.Owner }, text => Assert.False(string.IsNullOrWhiteSpace(text)));
        Assert.NotEmpty(meaning.History);
        Assert.Equal(meaning.History.OrderBy(version => version.Since), meaning.History);
        Assert.Equal(meaning.History.Count, meaning.Version);
    });

    [Fact]
    public void No_two_numbers_share_a_name() =>
        Assert.Equal(KpiCatalog.All.Count, KpiCatalog.All.Select(kpi => kpi.Code).Distinct().Count());

    [Theory]
    [InlineData("24h", "2026-11-15T12:00", "2026-11-16T12:00")]
    [InlineData("7d", "2026-11-02T00:00", "2026-11-10T00:00")]
    [InlineData("2026-11", "2026-10-01T00:00", "2026-10-17T00:00")]
    [InlineData("2026-10", "2026-09-01T00:00", "2026-10-01T00:00")]
    [InlineData("2026-08..2026-10", "2026-05-01T00:00", "2026-08-01T00:00")]
    [InlineData("2026-10..2026-11", "2026-08-01T00:00", "2026-09-18T00:00")]
    public void The_stretch_before_has_as_many_business_days(string period, string from, string to)
    {
        var before = BoardPeriod.Before(period, s_tuesday, day => BoardFilter.IsWorked(null, day));

        Assert.Equal((Utc(from), Utc(to)), before!.Value);
    }

    [Theory]
    [InlineData("24h", "2026-11-15T12:00", "2026-11-16T12:00", "2026-10-19T12:00", "2026-10-20T12:30")]
    [InlineData("7d", "2026-11-02T00:00", "2026-11-10T00:00", "2026-10-13T00:00", "2026-10-21T00:00")]
    [InlineData("2026-11", "2026-10-01T00:00", "2026-10-18T00:00", "2026-10-04T00:00", "2026-10-21T00:00")]
    [InlineData("2026-10", "2026-09-01T00:00", "2026-10-01T00:00", "2026-08-27T00:00", "2026-09-27T00:00")]
    public void The_stretch_to_compare_with_is_the_one_right_before_or_that_of_the_same_weekdays(string period, string from, string to, string weekdaysFrom, string weekdaysTo)
    {
        Assert.Equal((Utc(from), Utc(to)), BoardComparison.Before(BoardAgainst.Previous, period, s_tuesday)!.Value);

        var weekdays = BoardComparison.Before(BoardAgainst.Weekdays, period, s_tuesday)!.Value;
        Assert.Equal((Utc(weekdaysFrom), Utc(weekdaysTo)), weekdays);
        Assert.Equal(BoardPeriod.Of(period, s_tuesday)!.Value.From.DayOfWeek, weekdays.From.DayOfWeek);
    }

    [Theory]
    [InlineData("2019-05..2020-08", "May 2019 to August 2020")]
    [InlineData("2026-10..2026-10", "October 2026")]
    public void Months_go_together_into_one_period(string period, string said)
    {
        Assert.NotNull(BoardPeriod.Of(period, s_tuesday));
        Assert.Equal(said, BoardPeriod.Say(period));
    }

    [Theory]
    [InlineData("2026-11..2026-10")]
    [InlineData("2023-10..2026-10")]
    [InlineData("2026-10..")]
    [InlineData("9999-12")]
    [InlineData("0001-01")]
    public void What_is_no_period_is_none(string period) => Assert.Null(BoardPeriod.Of(period, s_tuesday));

    [Fact]
    public void A_year_is_compared_with_as_many_business_days_right_before()
    {
        var (from, to) = BoardPeriod.Before("12m", s_tuesday, day => BoardFilter.IsWorked(null, day))!.Value;

        Assert.Equal(Utc("2025-11-17T00:00"), to);
        Assert.InRange((to - from).TotalDays, 363, 369);
    }

    [Fact]
    public void A_day_stands_beside_the_business_day_of_the_same_rank()
    {
        var window = new KpiWindow(Utc("2026-11-01T00:00"), Utc("2026-12-01T00:00"), s_tuesday, null, Scope.All, "f", new KpiOptions(), new RateTable([], "EUR"))
        {
            Earlier = BoardPeriod.Before("2026-11", s_tuesday, day => BoardFilter.IsWorked(null, day)),
        };
        var trend = new KpiTrend([new KpiStep(Utc("2026-11-02T00:00"), 5), new KpiStep(Utc("2026-11-07T00:00"), 6)], null, false);

        var compared = KpiCompare.Align(trend, [new KpiStep(Utc("2026-10-01T00:00"), 50), new KpiStep(Utc("2026-10-05T00:00"), 70), new KpiStep(Utc("2026-10-04T00:00"), 60)], window, day => BoardFilter.IsWorked(null, day));

        Assert.Equal(17, compared.Count);
        Assert.Equal(new KpiCompared(Utc("2026-11-02T00:00"), 5, 50), compared[1]);
        Assert.Equal(new KpiCompared(Utc("2026-11-04T00:00"), null, 70), compared[3]);
        Assert.Equal(new KpiCompared(Utc("2026-11-07T00:00"), 6, null), compared[6]);
    }

    private static DateTimeOffset Utc(string at) => new(DateTime.Parse(at, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero);
}
