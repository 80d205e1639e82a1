using System.Text.RegularExpressions;
using OpsConsole.Storage;

namespace OpsConsole.Calendars;

/// <summary>What a calendar must keep to, so that reckoning by it ends and means one thing.</summary>
public static partial class CalendarRules
{
    public const double MostPace = 10;
    private const int FewestMinutes = 5 * 60;
    private const int MostHolidays = 400;
    private const int MostCloses = 60;

    /// <summary>The first fault, named by its field; nothing when there is none.</summary>
    public static Refusal? Fault(BusinessCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return calendar.Name is null || !Name().IsMatch(calendar.Name) || calendar.Name == CalendarBook.OfUnit
                ? Refusal.Invalid("name", $"must match [a-z][a-z0-9-]{{0,63}} and not be \"{CalendarBook.OfUnit}\"")
            : calendar.Label is { Length: > 120 } ? Refusal.Invalid("label", "must have at most 120 characters")
            : !IsZone(calendar.Zone) ? Refusal.Invalid("zone", $"\"{calendar.Zone}\" must be an IANA time zone such as Europe/Berlin")
            : Week(calendar.Week) ?? Days(calendar) ?? Units(calendar);
    }

    private static Refusal? Week(IReadOnlyList<WorkHours>? week)
    {
        if (week is null || week.Count > 70)
        {
            return Refusal.Invalid("week", "must be a list of at most 70 stretches");
        }

        var total = 0;
        foreach (var day in week.GroupBy(hours => hours.Day))
        {
            var end = 0;
            foreach (var (from, to) in day.Select(hours => (WorkHours.Minutes(hours.From), WorkHours.Minutes(hours.To))).OrderBy(hours => hours.Item1))
            {
                if (from is not { } start || to is not { } stop || stop <= start || start < end || !Enum.IsDefined(day.Key))
                {
                    return Refusal.Invalid("week", $"the hours of {day.Key} must be times like 09:00 to 17:30, each after the one before");
                }

                (end, total) = (stop, total + stop - start);
            }
        }

        return total < FewestMinutes ? Refusal.Invalid("week", "must have 5 hours at least, or nothing would ever be due") : null;
    }

    private static Refusal? Days(BusinessCalendar calendar)
    {
        if (calendar.Holidays is null || calendar.Holidays.Count > MostHolidays || calendar.Holidays.DistinctBy(holiday => holiday.Day).Count() < calendar.Holidays.Count)
        {
            return Refusal.Invalid("holidays", $"must be at most {MostHolidays} days, each once");
        }

        if (calendar.Closes is null || calendar.Closes.Count > MostCloses)
        {
            return Refusal.Invalid("closes", $"must be at most {MostCloses} windows");
        }

        foreach (var window in calendar.Closes)
        {
            var monthly = window is { From: null, Until: null, LastDays: >= 0 and <= 20, FirstDays: >= 0 and <= 20 } && window.LastDays + window.FirstDays > 0;
            var dated = window is { From: not null, LastDays: 0, FirstDays: 0 } && (window.Until ?? window.From) >= window.From;
            if (string.IsNullOrWhiteSpace(window.Name) || window.Pace is not (>= 1 and <= MostPace) || !(monthly || dated))
            {
                return Refusal.Invalid($"closes.{window.Name}", $"needs a name, a pace of 1 to {MostPace}, and either last or first working days of a month (0 to 20) or dates in their order");
            }
        }

        return null;
    }

    private static Refusal? Units(BusinessCalendar calendar) =>
        calendar.Units is null || calendar.Units.Any(unit => string.IsNullOrWhiteSpace(unit) || unit.Length > Columns.Identity)
            ? Refusal.Invalid("units", "must be names of business units")
            : null;

    private static bool IsZone(string? zone) => zone is not null && zone.Length <= 64 && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _);

    [GeneratedRegex("^[a-z][a-z0-9-]{0,63}$")]
    private static partial Regex Name();
}
