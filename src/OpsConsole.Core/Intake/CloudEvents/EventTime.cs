using System.Globalization;
using System.Text.RegularExpressions;

namespace OpsConsole.Intake.CloudEvents;

/// <summary>Reads the CloudEvents <c>time</c>: an RFC 3339 moment with its offset, kept in UTC to the microsecond.</summary>
internal static partial class EventTime
{
    private const int EarliestYear = 1900;

    public static DateTimeOffset? Read(string? text, Faults faults)
    {
        if (text is null)
        {
            faults.Add("time-missing", "time", "is required: when it happened at the source, such as 2026-10-30T16:42:00Z");
            return null;
        }

        if (Shape().Match(text) is not { Success: true } match || Moment(match) is not { } ticks)
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

    /// <summary>Ticks in UTC, which may lie outside of what a date can say; nothing when there is no such moment.</summary>
    private static long? Moment(Match match)
    {
        var (hour, minute, second) = (Number(match, "h"), Number(match, "n"), Number(match, "s"));
        if (!DateTime.TryParseExact(match.Groups["date"].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || hour > 23 || minute > 59 || second > 60)
        {
            return null;
        }

        var ticks = day.Ticks + (((hour * 60L) + minute) * TimeSpan.TicksPerMinute);
        ticks += second == 60
            ? TimeSpan.TicksPerMinute - TimeSpan.TicksPerMicrosecond          // a leap second: the last moment of its minute
            : (second * TimeSpan.TicksPerSecond) + Fraction(match.Groups["f"].ValueSpan);
        var (aheadHours, aheadMinutes) = (Number(match, "oh"), Number(match, "om"));
        var ahead = ((aheadHours * 60L) + aheadMinutes) * TimeSpan.TicksPerMinute;
        return aheadHours > 23 || aheadMinutes > 59 ? null : match.Groups["sign"].ValueSpan is "-" ? ticks + ahead : ticks - ahead;
    }

    private static int Number(Match match, string group) =>
        match.Groups[group] is { Success: true } found ? int.Parse(found.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    private static long Fraction(ReadOnlySpan<char> digits)
    {
        var ticks = 0L;
        for (var i = 0; i < 7; i++)
        {
            ticks = (ticks * 10) + (i < digits.Length ? digits[i] - '0' : 0);
        }

        return ticks;
    }

    [GeneratedRegex(@"^(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ](?<h>[0-9]{2}):(?<n>[0-9]{2}):(?<s>[0-9]{2})(\.(?<f>[0-9]+))?([Zz]|(?<sign>[+-])(?<oh>[0-9]{2}):(?<om>[0-9]{2}))\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
