using System.Globalization;
using OpsConsole.Calendars;

namespace OpsConsole.Web.Calendars;

/// <summary>How parts of a calendar read.</summary>
internal static class CalendarWords
{
    private static readonly CultureInfo s_plain = CultureInfo.InvariantCulture;
    private static readonly DayOfWeek[] s_week = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    /// <summary>Days with the same hours together: <c>Mon to Fri 08:00-18:00, Sat 09:00-12:00</c>.</summary>
    public static string Week(BusinessCalendar calendar)
    {
        var days = s_week.Select(day => (Day: day, Hours: Hours(calendar, day))).ToList();
        var said = new List<string>();
        for (var i = 0; i < days.Count;)
        {
            var last = i;
            while (last + 1 < days.Count && days[last + 1].Hours == days[i].Hours)
            {
                last++;
            }

            if (days[i].Hours.Length > 0)
            {
                said.Add($"{Short(days[i].Day)}{(last > i ? $" to {Short(days[last].Day)}" : "")} {days[i].Hours}");
            }

            i = last + 1;
        }

        return string.Join(", ", said);
    }

    public static string Hours(BusinessCalendar calendar, DayOfWeek day) =>
        string.Join(" ", calendar.Week.Where(hours => hours.Day == day).OrderBy(hours => hours.From, StringComparer.Ordinal).Select(hours => $"{hours.From}-{hours.To}"));

    public static string Close(CloseWindow window) => string.Create(s_plain, $"an hour counts {window.Pace:0.##}×") + (window.From is { } from
        ? $", {Day(from)} to {Day(window.Until ?? from)}"
        : $", last {window.LastDays} and first {window.FirstDays} working days");

    public static string? NextHoliday(BusinessCalendar calendar, DateTimeOffset now) =>
        calendar.Holidays.Where(holiday => holiday.Day >= DateOnly.FromDateTime(now.UtcDateTime)).OrderBy(holiday => holiday.Day).Select(holiday => $"{holiday.Name}, {Day(holiday.Day)}").FirstOrDefault();

    public static string NowIn(string zone, DateTimeOffset now) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? TimeZoneInfo.ConvertTime(now, found).ToString("ddd HH:mm", s_plain) : "";

    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", s_plain);

    private static string Short(DayOfWeek day) => day.ToString()[..3];
}
