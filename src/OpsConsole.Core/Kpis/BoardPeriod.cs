using System.Globalization;

namespace OpsConsole.Kpis;

/// <summary>A period as addresses name it: <c>24h</c>, <c>7d</c>, <c>30d</c>, <c>12m</c>, or a month as <c>2026-10</c> (UTC).</summary>
public static class BoardPeriod
{
    public const string Usual = "30d";

    public const string Year = "12m";

    // Where nobody ever works, a stretch must end all the same.
    private const int MostOff = 60;

    /// <summary>The rolling ones, shortest first.</summary>
    public static readonly IReadOnlyList<(string Code, string Label)> Rolling = [("24h", "Last 24 hours"), ("7d", "Last 7 days"), (Usual, "Last 30 days"), (Year, "Last 12 months")];

    /// <summary>
    /// From and to on whole days (UTC), so that the address of a number's rows stays the same all day; nothing when the code is none. What is
    /// still running ends tomorrow at midnight, so that clocks a little fast are in it.
    /// </summary>
    public static (DateTimeOffset From, DateTimeOffset To)? Of(string? code, DateTimeOffset now)
    {
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var end = today.AddDays(2);
        switch (code)
        {
            case "24h": return (today.AddHours(now.UtcDateTime.Hour - 24), end);
            case "7d": return (today.AddDays(-7), end);
            case null or "" or Usual: return (today.AddDays(-30), end);
            case Year: return (today.AddMonths(-12), end);
            default:
                return DateTime.TryParseExact(code, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
                    ? (new DateTimeOffset(month, TimeSpan.Zero), new DateTimeOffset(month.AddMonths(1), TimeSpan.Zero))
                    : null;
        }
    }

    /// <summary>
    /// The stretch to compare with, aligned by business day: for a month, the month before up to the same working day; for rolling days, as many
    /// working days right before; for hours, the same hours of the working day before.
    /// </summary>
    /// <param name="code">As <see cref="Of"/> takes it.</param>
    /// <param name="now">The present.</param>
    /// <param name="isWorked">Whether a day (UTC) is a working day.</param>
    public static (DateTimeOffset From, DateTimeOffset To)? Before(string? code, DateTimeOffset now, Func<DateOnly, bool> isWorked)
    {
        ArgumentNullException.ThrowIfNull(isWorked);
        if (Of(code, now) is not var (from, to))
        {
            return null;
        }

        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var first = DateOnly.FromDateTime(from.UtcDateTime);
        if (code is "24h")
        {
            var back = Enumerable.Range(1, MostOff).FirstOrDefault(days => isWorked(today.AddDays(-days)), 1);
            var until = now.AddDays(-back);
            return (from.AddDays(-back), until < from ? until : from);
        }

        var rolling = IsRolling(code);
        if (!rolling && to <= now)
        {
            return (from.AddMonths(-1), from);
        }

        var worked = Days(first, today).Count(isWorked);
        return rolling ? (Start(BackTo(first, worked, isWorked)), from) : (from.AddMonths(-1), Least(Start(UpTo(first.AddMonths(-1), worked, isWorked)), from));
    }

    /// <summary>It goes with the days; a month stands.</summary>
    public static bool IsRolling(string? code) => string.IsNullOrEmpty(code) || Rolling.Any(period => period.Code == code);

    /// <summary>All days from one to the other, both included; none when the second is before the first.</summary>
    public static IEnumerable<DateOnly> Days(DateOnly from, DateOnly to) => Enumerable.Range(0, Math.Max(0, to.DayNumber - from.DayNumber + 1)).Select(from.AddDays);

    /// <summary>Midnight (UTC) at which the day begins.</summary>
    public static DateTimeOffset Start(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    public static string Say(string? code) =>
        string.IsNullOrEmpty(code) ? Say(Usual)
        : Rolling.FirstOrDefault(period => period.Code == code).Label
            ?? (DateTime.TryParseExact(code, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month.ToString("MMMM yyyy", CultureInfo.InvariantCulture) : code);

    // The first day of a stretch that ends before this day and has so many working days.
    private static DateOnly BackTo(DateOnly first, int worked, Func<DateOnly, bool> isWorked)
    {
        var (day, left, most) = (first.AddDays(-1), worked - 1, MostOff + worked);
        for (var off = 0; off < most; day = day.AddDays(-1))
        {
            if (!isWorked(day))
            {
                off++;
            }
            else if (left-- <= 0)
            {
                break;
            }
        }

        return day;
    }

    // The day after the so-manieth working day from this one on.
    private static DateOnly UpTo(DateOnly day, int worked, Func<DateOnly, bool> isWorked)
    {
        for (var off = 0; worked > 0 && off < MostOff; day = day.AddDays(1))
        {
            if (isWorked(day))
            {
                worked--;
            }
            else
            {
                off++;
            }
        }

        return day;
    }

    private static DateTimeOffset Least(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
