using System.Globalization;

namespace OpsConsole.Intake.CloudEvents;

/// <summary>Reads the CloudEvents <c>time</c>: an RFC 3339 moment with its offset, kept in UTC to the microsecond.</summary>
internal static class EventTime
{
    private const int EarliestYear = 1900;

    public static DateTimeOffset? Read(string? text, Faults faults)
    {
        if (text is null)
        {
            faults.Add("time-missing", "time", "is required: when it happened at the source, such as 2026-10-30T16:42:00Z");
            return null;
        }

        if (Moment(text) is not { } ticks)
        {
            faults.Add("time-unreadable", "time", $"must be an RFC 3339 moment with its offset, such as 2026-10-30T16:42:00Z, is {Faults.Quote(text)}");
            return null;
        }

        if (ticks < new DateTime(EarliestYear, 1, 1).Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            faults.Add("time-out-of-range", "time", $"must lie in the years {EarliestYear} to 9999, is {Faults.Quote(text)}");
            return null;
        }

        return new DateTimeOffset(Microseconds(ticks), TimeSpan.Zero);
    }

    /// <summary>What the databases keep, so that a moment read back equals the one that was written.</summary>
    public static DateTimeOffset Microseconds(DateTimeOffset moment) => new(Microseconds(moment.UtcTicks), TimeSpan.Zero);

    private static long Microseconds(long ticks) => ticks - (ticks % TimeSpan.TicksPerMicrosecond);

    /// <summary><c>2026-10-30T16:42:00.123456+01:00</c> in ticks of UTC, which may lie outside of what a date can say; nothing when it is no such moment.</summary>
    private static long? Moment(ReadOnlySpan<char> text)
    {
        if (text.Length < 20 || text[10] is not ('T' or 't' or ' ') || text[13] != ':' || text[16] != ':'
            || !DateTime.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || Two(text[11..]) is not (>= 0 and <= 23 and var hour) || Two(text[14..]) is not (>= 0 and <= 59 and var minute) || Two(text[17..]) is not (>= 0 and <= 60 and var second))
        {
            return null;
        }

        var zone = text[19..];
        var fraction = ReadOnlySpan<char>.Empty;
        if (zone[0] == '.')
        {
            var digits = zone[1..].IndexOfAnyExceptInRange('0', '9');
            if (digits < 1)
            {
                return null;
            }

            fraction = zone.Slice(1, digits);
            zone = zone[(1 + digits)..];
        }

        var ticks = day.Ticks + (((hour * 60L) + minute) * TimeSpan.TicksPerMinute);
        ticks += second == 60
            ? TimeSpan.TicksPerMinute - TimeSpan.TicksPerMicrosecond          // a leap second: the last moment of its minute
            : (second * TimeSpan.TicksPerSecond) + Fraction(fraction);
        return Ahead(zone) is { } ahead ? ticks - ahead : null;
    }

    /// <summary><c>Z</c>, <c>+01:00</c>: how far ahead of UTC, in ticks.</summary>
    private static long? Ahead(ReadOnlySpan<char> zone)
    {
        if (zone is "Z" or "z")
        {
            return 0;
        }

        if (zone.Length != 6 || zone[0] is not ('+' or '-') || zone[3] != ':'
            || Two(zone[1..]) is not (>= 0 and <= 23 and var hours) || Two(zone[4..]) is not (>= 0 and <= 59 and var minutes))
        {
            return null;
        }

        var ticks = ((hours * 60L) + minutes) * TimeSpan.TicksPerMinute;
        return zone[0] == '-' ? -ticks : ticks;
    }

    /// <summary>The number that two digits make, or less than zero.</summary>
    private static int Two(ReadOnlySpan<char> text) => char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[1]) ? ((text[0] - '0') * 10) + text[1] - '0' : -1;

    private static long Fraction(ReadOnlySpan<char> digits)
    {
        var ticks = 0L;
        for (var i = 0; i < 7; i++)
        {
            ticks = (ticks * 10) + (i < digits.Length ? digits[i] - '0' : 0);
        }

        return ticks;
    }
}
