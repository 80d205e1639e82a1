using System.Globalization;

namespace OpsConsole.Kpis;

/// <summary>A period as addresses name it: <c>24h</c>, <c>7d</c>, <c>30d</c>, <c>12m</c>, a month as <c>2026-10</c>, or the months from one to another as <c>2026-04..2026-09</c> (UTC).</summary>
public static class BoardPeriod
{
    public const string Usual = "30d";

    public const string Year = "12m";

    /// <summary>What may be written, for whoever wrote something else.</summary>
    public const string Forms = "24h, 7d, 30d, 12m, a month like 2026-10 or up to 36 months like 2026-04..2026-09";

    /// <summary>So many months go into one period at most.</summary>
    public const int MostMonths = 36;

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
            default: return Months(code) is var (first, last) ? (Start(first), Start(last.AddMonths(1))) : null;
        }
    }

    /// <summary>
    /// The stretch to compare with, aligned by business day: for months, as many months before, up to the same working day; for rolling days, as many
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

        var earlier = from.AddMonths(-Length(code));
        if (earlier < from && to <= now)
        {
            return (earlier, from);
        }

        var worked = Days(first, today).Count(isWorked);
        return earlier == from
            ? (Start(BackTo(first, worked, isWorked)), from)
            : (earlier, Least(Start(UpTo(DateOnly.FromDateTime(earlier.UtcDateTime), worked, isWorked)), from));
    }

    /// <summary>How many months it names; none where it goes with the days.</summary>
    public static int Length(string? code) => Months(code) is var (first, last) ? ((last.Year - first.Year) * 12) + last.Month - first.Month + 1 : 0;

    /// <summary>All days from one to the other, both included; none when the second is before the first.</summary>
    public static IEnumerable<DateOnly> Days(DateOnly from, DateOnly to) => Enumerable.Range(0, Math.Max(0, to.DayNumber - from.DayNumber + 1)).Select(from.AddDays);

    /// <summary>Midnight (UTC) at which the day begins.</summary>
    public static DateTimeOffset Start(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    public static string Say(string? code) =>
        string.IsNullOrEmpty(code) ? Say(Usual)
        : Rolling.FirstOrDefault(period => period.Code == code).Label
            ?? (Months(code) is not var (first, last) ? code : first == last ? Say(first) : $"{Say(first)} to {Say(last)}");

    private static string Say(DateOnly month) => month.ToString("MMMM yyyy", CultureInfo.InvariantCulture);

    // The first days of the first and of the last month; nothing where it is no months, or the last is before the first.
    private static (DateOnly First, DateOnly Last)? Months(string? code) =>
        code?.Split("..") is { Length: 1 or 2 } ends && Month(ends[0]) is { } first && Month(ends[^1]) is { } last && first <= last && last < first.AddMonths(MostMonths) ? (first, last) : null;

    // No calendar of ours reaches before 1970, and there must be a month after it.
    private static DateOnly? Month(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) && month.Year is >= 1970 and < 9999 ? month : null;

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
