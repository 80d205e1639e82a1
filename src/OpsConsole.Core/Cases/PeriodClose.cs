using OpsConsole.Calendars;

namespace OpsConsole.Cases;

/// <summary>When a period's close begins: what was laid aside must be settled in it.</summary>
internal static class PeriodClose
{
    /// <summary>The first beginning of a close window after a moment; without a calendar, or one without windows, a day before the month ends (UTC).</summary>
    public static DateTimeOffset After(DateTimeOffset now, BusinessClock? clock) =>
        clock is null ? MonthEnd(now) : Begins(clock, now).Where(begin => begin > now).DefaultIfEmpty(MonthEnd(now)).Min();

    private static IEnumerable<DateTimeOffset> Begins(BusinessClock clock, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, clock.Zone).DateTime);
        foreach (var window in clock.Calendar.Closes)
        {
            if (window.From is { } from)
            {
                yield return Start(clock, from);
            }

            for (var ahead = 0; window.LastDays > 0 && ahead <= 1; ahead++)
            {
                if (LastWorkingDays(clock, new DateOnly(today.Year, today.Month, 1).AddMonths(ahead), window.LastDays) is { } first)
                {
                    yield return Start(clock, first);
                }
            }
        }
    }

    private static DateOnly? LastWorkingDays(BusinessClock clock, DateOnly month, int count)
    {
        var end = month.AddMonths(1);
        var days = Enumerable.Range(1, end.DayNumber - month.DayNumber).Select(back => end.AddDays(-back)).Where(clock.IsWorkingDay).Take(count).ToList();
        return days.Count == 0 ? null : days[^1];
    }

    private static DateTimeOffset Start(BusinessClock clock, DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, clock.Zone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    private static DateTimeOffset MonthEnd(DateTimeOffset now)
    {
        var next = new DateTimeOffset(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
        return next.AddDays(-1) > now ? next.AddDays(-1) : next.AddMonths(1).AddDays(-1);
    }
}
