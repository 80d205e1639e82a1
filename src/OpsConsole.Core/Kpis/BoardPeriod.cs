using System.Globalization;

namespace OpsConsole.Kpis;

/// <summary>A period as addresses name it: <c>24h</c>, <c>7d</c>, <c>30d</c>, or a month as <c>2026-10</c> (UTC).</summary>
public static class BoardPeriod
{
    public const string Usual = "30d";

    /// <summary>The rolling ones, shortest first.</summary>
    public static readonly IReadOnlyList<(string Code, string Label)> Rolling = [("24h", "Last 24 hours"), ("7d", "Last 7 days"), (Usual, "Last 30 days")];

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
            default:
                return DateTime.TryParseExact(code, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
                    ? (new DateTimeOffset(month, TimeSpan.Zero), new DateTimeOffset(month.AddMonths(1), TimeSpan.Zero))
                    : null;
        }
    }

    public static string Say(string? code) =>
        string.IsNullOrEmpty(code) ? Say(Usual)
        : Rolling.FirstOrDefault(period => period.Code == code).Label
            ?? (DateTime.TryParseExact(code, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month.ToString("MMMM yyyy", CultureInfo.InvariantCulture) : code);
}
