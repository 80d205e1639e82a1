namespace OpsConsole.Kpis;

/// <summary>How the stretch to compare with is found and laid beside the period.</summary>
public enum BoardAgainst
{
    /// <summary>As many business days, the n-th beside the n-th; days off stand alone.</summary>
    BusinessDays,

    /// <summary>As long a stretch right before, day by day as they come.</summary>
    Previous,

    /// <summary>The same weekdays, whole weeks before: four at least.</summary>
    Weekdays,
}

/// <summary>What a board is compared with, as addresses name it.</summary>
public static class BoardComparison
{
    private const int LeastWeeks = 4;

    /// <summary>The usual one first.</summary>
    public static readonly IReadOnlyList<(string Code, string Label, BoardAgainst Against)> All =
    [
        ("business-days", "business days before", BoardAgainst.BusinessDays),
        ("previous", "period before", BoardAgainst.Previous),
        ("weekdays", "weekdays last month", BoardAgainst.Weekdays),
    ];

    /// <summary>Nothing when the code is none.</summary>
    public static BoardAgainst? Of(string? code) =>
        string.IsNullOrEmpty(code) ? BoardAgainst.BusinessDays : All.Where(one => one.Code == code).Select(one => (BoardAgainst?)one.Against).FirstOrDefault();

    /// <summary>The stretch for a comparison by days as they come. What still runs is compared with as much as has passed of it.</summary>
    /// <param name="against">Not by business days: that is <see cref="BoardPeriod.Before"/>.</param>
    /// <param name="code">As <see cref="BoardPeriod.Of"/> takes it.</param>
    /// <param name="now">The present.</param>
    public static (DateTimeOffset From, DateTimeOffset To)? Before(BoardAgainst against, string? code, DateTimeOffset now)
    {
        if (BoardPeriod.Of(code, now) is not var (from, to))
        {
            return null;
        }

        var until = to <= now ? to : code is "24h" ? now : new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        var length = until - from;
        if (against is BoardAgainst.Weekdays)
        {
            var weeks = TimeSpan.FromDays(7 * Math.Max(LeastWeeks, (int)Math.Ceiling(length.TotalDays / 7)));
            return (from - weeks, until - weeks);
        }

        // Hour beside hour: a day before, although the present hour has only begun.
        length = code is "24h" ? TimeSpan.FromDays(1) : length;
        var earlier = from.AddMonths(-BoardPeriod.Length(code));
        return earlier == from ? (from - length, from) : (earlier, to <= now || earlier + length > from ? from : earlier + length);
    }
}
