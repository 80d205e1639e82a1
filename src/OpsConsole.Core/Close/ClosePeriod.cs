using System.Globalization;
using OpsConsole.Calendars;

namespace OpsConsole.Close;

/// <summary>A month (UTC) whose books are closed.</summary>
/// <param name="Code">As addresses name it: <c>2026-11</c>.</param>
/// <param name="From">Its first moment.</param>
/// <param name="To">The first moment after it.</param>
public sealed record ClosePeriod(string Code, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>So many working days after the month the books are closed where the unit's calendar says nothing else.</summary>
    public const int UsualDays = 5;

    // Into the month after, people still close the one before.
    private const int StillClosing = 10;

    /// <param name="code">Nothing: the month that is being closed.</param>
    /// <param name="now">The present.</param>
    /// <returns>Nothing when the code is none.</returns>
    public static ClosePeriod? Of(string? code, DateTimeOffset now)
    {
        var month = now.UtcDateTime;
        if (string.IsNullOrEmpty(code))
        {
            month = month.Day <= StillClosing ? month.AddMonths(-1) : month;
        }
        else if (!DateTime.TryParseExact(code, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out month) || month.Year is < 2000 or > 2199)
        {
            return null;
        }

        var from = new DateTimeOffset(month.Year, month.Month, 1, 0, 0, 0, TimeSpan.Zero);
        return new ClosePeriod(from.ToString("yyyy-MM", CultureInfo.InvariantCulture), from, from.AddMonths(1));
    }

    /// <summary>By when its books are to be closed: the end of the calendar's close window after it, else of its <see cref="UsualDays"/>th working day.</summary>
    public DateTimeOffset Deadline(BusinessClock? clock)
    {
        var first = DateOnly.FromDateTime(To.UtcDateTime);
        var closes = clock?.Calendar.Closes ?? [];
        if (closes.Where(one => one.From <= first.AddDays(20) && one.Until >= first).Select(one => one.Until).Max() is { } dated)
        {
            return EndOf(clock, dated);
        }

        var wanted = closes.Select(one => one.FirstDays).DefaultIfEmpty(0).Max() is var days and > 0 ? days : UsualDays;
        var worked = Enumerable.Range(0, 60).Select(first.AddDays).Where(day => IsWorked(clock, day)).Take(wanted).ToList();
        return EndOf(clock, worked.Count == 0 ? first.AddDays(wanted) : worked[^1]);
    }

    private static bool IsWorked(BusinessClock? clock, DateOnly day) => clock?.IsWorkingDay(day) ?? day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private static DateTimeOffset EndOf(BusinessClock? clock, DateOnly day) =>
        clock?.Stretches(day) is { Count: > 0 } open ? open.Max(stretch => stretch.To) : new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
