namespace OpsConsole.Notify;

/// <summary>When a letter is due by a person's wishes. Pure.</summary>
public static class LetterTime
{
    /// <summary>So long a letter waits for more of the same, so that a burst is one letter.</summary>
    public static readonly TimeSpan Calm = TimeSpan.FromMinutes(1);

    private const int DayMinutes = 24 * 60;

    /// <param name="wish">The person's.</param>
    /// <param name="kind">Of the notice.</param>
    /// <param name="urgent">It cannot wait for a digest.</param>
    /// <param name="now">UTC.</param>
    /// <returns>Nothing when none is wanted.</returns>
    public static DateTimeOffset? Due(NoticeWish wish, string kind, bool urgent, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(wish);
        if (!wish.Wants(kind))
        {
            return null;
        }

        if (urgent && wish.UrgentAlways)
        {
            return now + Calm;
        }

        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(wish.Zone, out var found) ? found : TimeZoneInfo.Utc;
        return wish.Mail is MailWish.AtOnce || urgent
            ? AfterQuiet(wish, zone, now + Calm)
            : AfterQuiet(wish, zone, NextDigest(wish, zone, now));
    }

    private static DateTimeOffset NextDigest(NoticeWish wish, TimeZoneInfo zone, DateTimeOffset after)
    {
        var next = NextAt(zone, after, wish.DigestAt);
        while (wish.QuietWeekends && TimeZoneInfo.ConvertTime(next, zone).DayOfWeek is (DayOfWeek.Saturday or DayOfWeek.Sunday))
        {
            next = NextAt(zone, next, wish.DigestAt);
        }

        return next;
    }

    /// <summary>The next moment at which the zone's clocks show so many minutes since midnight.</summary>
    private static DateTimeOffset NextAt(TimeZoneInfo zone, DateTimeOffset after, int minutes)
    {
        var today = TimeZoneInfo.ConvertTime(after, zone).Date;
        var next = Utc(zone, today.AddMinutes(minutes));
        return next > after ? next : Utc(zone, today.AddDays(1).AddMinutes(minutes));
    }

    private static DateTimeOffset AfterQuiet(NoticeWish wish, TimeZoneInfo zone, DateTimeOffset at)
    {
        // Three hops at most: the night, a weekend, and the night after it.
        for (var hop = 0; hop < 4; hop++)
        {
            var local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
            if (wish.QuietWeekends && local.DayOfWeek is (DayOfWeek.Saturday or DayOfWeek.Sunday))
            {
                at = Utc(zone, local.Date.AddDays(local.DayOfWeek is DayOfWeek.Saturday ? 2 : 1));
            }
            else if (IsQuiet(wish, (local.Hour * 60) + local.Minute))
            {
                at = NextAt(zone, at, wish.QuietTo);
            }
            else
            {
                return at;
            }
        }

        return at;
    }

    private static bool IsQuiet(NoticeWish wish, int minute) =>
        wish.QuietFrom <= wish.QuietTo ? minute >= wish.QuietFrom && minute < wish.QuietTo : minute >= wish.QuietFrom || minute < wish.QuietTo;

    // An hour that a change of clocks skips is told as the one after it.
    private static DateTimeOffset Utc(TimeZoneInfo zone, DateTime local)
    {
        var there = zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(there, zone.GetUtcOffset(there)).ToUniversalTime();
    }

    internal static bool IsTimeOfDay(int minutes) => minutes is >= 0 and < DayMinutes;
}
