using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsConsole.Calendars;

/// <summary>When a business unit works: its time zone, its hours in a week, its holidays, and the days on which time counts for more.</summary>
/// <param name="Name">Lower-case letters, digits and hyphens.</param>
/// <param name="Zone">IANA name of the time zone: <c>Europe/Berlin</c>. All hours and days below are told by its clocks.</param>
/// <param name="Week">The hours worked. A day may have several stretches, none for a day off.</param>
/// <param name="Holidays">Days off whatever the week says.</param>
/// <param name="Closes">Windows of a period's close, within which due times are tighter.</param>
public sealed record BusinessCalendar(string Name, string Zone, IReadOnlyList<WorkHours> Week, IReadOnlyList<Holiday> Holidays, IReadOnlyList<CloseWindow> Closes)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>As people read it; the name when absent.</summary>
    public string? Label { get; init; }

    /// <summary>The business units that keep it. A unit keeps one calendar at most.</summary>
    public IReadOnlyList<string> Units { get; init; } = [];

    public string ToJson() => JsonSerializer.Serialize(this, s_json);

    /// <exception cref="JsonException">It is not a calendar.</exception>
    public static BusinessCalendar FromJson(string json) =>
        JsonSerializer.Deserialize<BusinessCalendar>(json, s_json) ?? throw new JsonException("A calendar is an object.");
}

/// <summary>One stretch of a day of the week, by the clocks of the calendar's zone.</summary>
/// <param name="Day">The day of the week.</param>
/// <param name="From">As <c>09:00</c>.</param>
/// <param name="To">As <c>17:30</c>; <c>24:00</c> is the day's end. Not worked any more.</param>
public sealed record WorkHours(DayOfWeek Day, string From, string To)
{
    /// <summary>Minutes since midnight, or nothing when the text is no time of day.</summary>
    public static int? Minutes(string? time) =>
        time is "24:00" ? 24 * 60
        : TimeOnly.TryParseExact(time, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? (read.Hour * 60) + read.Minute
        : null;
}

/// <param name="Day">By the calendar's zone.</param>
/// <param name="Name">As people call it.</param>
public sealed record Holiday(DateOnly Day, string Name);

/// <summary>
/// Days around a period's close. Within them an hour counts as <see cref="Pace"/> hours, so that what was due in 8h is due in 4h at a pace
/// of 2. Either it comes each month (the last and first working days), or it is dated.
/// </summary>
/// <param name="Name">As people call it: <c>Month-end close</c>.</param>
/// <param name="Pace">How much an hour counts, 1 to 10. Where windows overlap the greatest counts.</param>
public sealed record CloseWindow(string Name, double Pace)
{
    /// <summary>Each month: so many of its last working days.</summary>
    public int LastDays { get; init; }

    /// <summary>Each month: so many of its first working days.</summary>
    public int FirstDays { get; init; }

    /// <summary>A dated one: its first day; then <see cref="Until"/> is its last.</summary>
    public DateOnly? From { get; init; }

    public DateOnly? Until { get; init; }
}
