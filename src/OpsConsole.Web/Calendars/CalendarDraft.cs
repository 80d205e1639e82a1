using System.Globalization;
using OpsConsole.Calendars;

namespace OpsConsole.Web.Calendars;

/// <summary>A calendar as the form holds it: each list as lines of text, as people paste them.</summary>
public sealed class CalendarDraft
{
    private static readonly CultureInfo s_plain = CultureInfo.InvariantCulture;

    /// <summary>Monday first.</summary>
    public static readonly IReadOnlyList<DayOfWeek> Days =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    public string Name { get; set; } = "";

    public string Label { get; set; } = "";

    public string Zone { get; set; } = "";

    /// <summary>Divided by commas.</summary>
    public string Units { get; set; } = "";

    /// <summary>A day's hours as <c>08:00-12:00 13:00-17:00</c>; empty: a day off.</summary>
    public Dictionary<DayOfWeek, string> Week { get; } = Days.ToDictionary(day => day, _ => "");

    /// <summary>A line each: <c>2026-12-25 Christmas Day</c>.</summary>
    public string Holidays { get; set; } = "";

    public double Pace { get; set; } = 1;

    public int LastDays { get; set; }

    public int FirstDays { get; set; }

    /// <summary>Dated windows, a line each: <c>2026-12-20 2027-01-10 3 Year-end close</c>.</summary>
    public string Dated { get; set; } = "";

    public string Note { get; set; } = "";

    public static CalendarDraft New()
    {
        var draft = new CalendarDraft { Zone = "Europe/Berlin", Pace = 2, LastDays = 2, FirstDays = 3 };
        foreach (var day in Days.Take(5))
        {
            draft.Week[day] = "08:00-18:00";
        }

        return draft;
    }

    public static CalendarDraft Of(BusinessCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        var monthly = calendar.Closes.FirstOrDefault(window => window.From is null);
        var draft = new CalendarDraft
        {
            Name = calendar.Name, Label = calendar.Label ?? "", Zone = calendar.Zone, Units = string.Join(", ", calendar.Units),
            Holidays = string.Join('\n', calendar.Holidays.OrderBy(holiday => holiday.Day).Select(holiday => $"{holiday.Day.ToString("yyyy-MM-dd", s_plain)} {holiday.Name}")),
            Pace = monthly?.Pace ?? 1, LastDays = monthly?.LastDays ?? 0, FirstDays = monthly?.FirstDays ?? 0,
            Dated = string.Join('\n', calendar.Closes.Where(window => window.From is not null).Select(window => string.Create(s_plain, $"{window.From:yyyy-MM-dd} {window.Until ?? window.From:yyyy-MM-dd} {window.Pace} {window.Name}"))),
        };
        foreach (var day in Days)
        {
            draft.Week[day] = CalendarWords.Hours(calendar, day);
        }

        return draft;
    }

    /// <summary>The first line that cannot be read; nothing when all can. What a calendar may say is judged by the request.</summary>
    public string? Fault()
    {
        foreach (var (day, hours) in Week)
        {
            if (hours.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(part => part.Split('-').Length != 2) is { } wrong)
            {
                return $"{day}: \"{wrong}\" must be hours like 08:00-18:00.";
            }
        }

        return Lines(Holidays).FirstOrDefault(line => Holiday(line) is null) is { } holiday ? $"Holidays: \"{holiday}\" must begin with a day like 2026-12-25."
            : Lines(Dated).FirstOrDefault(line => Window(line) is null) is { } window ? $"Dated windows: \"{window}\" must read like 2026-12-20 2027-01-10 3 Year-end close."
            : null;
    }

    public BusinessCalendar ToCalendar()
    {
        var closes = Lines(Dated).Select(Window).OfType<CloseWindow>().ToList();
        if (LastDays + FirstDays > 0)
        {
            closes.Insert(0, new CloseWindow("Month-end close", Pace) { LastDays = LastDays, FirstDays = FirstDays });
        }

        return new BusinessCalendar(
            Name.Trim(), Zone.Trim(),
            [.. from day in Days
                from part in Week[day].Split(' ', StringSplitOptions.RemoveEmptyEntries)
                let hours = part.Split('-')
                where hours.Length == 2
                select new WorkHours(day, hours[0], hours[1])],
            [.. Lines(Holidays).Select(Holiday).OfType<Holiday>()], closes)
        {
            Label = string.IsNullOrWhiteSpace(Label) ? null : Label.Trim(),
            Units = [.. Units.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)],
        };
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Holiday? Holiday(string line)
    {
        var parts = line.Split(' ', 2);
        return Date(parts[0]) is { } day ? new Holiday(day, parts.Length > 1 ? parts[1].Trim() : "Holiday") : null;
    }

    private static CloseWindow? Window(string line) =>
        line.Split(' ', 4) is [var from, var until, var pace, var name] && Date(from) is { } first && Date(until) is { } last && double.TryParse(pace, NumberStyles.Float, s_plain, out var read)
            ? new CloseWindow(name, read) { From = first, Until = last }
            : null;

    private static DateOnly? Date(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", s_plain, DateTimeStyles.None, out var day) ? day : null;
}
