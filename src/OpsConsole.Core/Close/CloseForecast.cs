using System.Globalization;
using OpsConsole.Calendars;

namespace OpsConsole.Close;

/// <summary>When nothing will be in the way any more, if people go on as they did.</summary>
/// <param name="EndedPerHour">Exceptions ended in a business hour of the last days.</param>
/// <param name="OpenedPerHour">Exceptions opened in one.</param>
/// <param name="EmptyAt">When the last is ended; nothing: never at that rate, or the rate is not known.</param>
/// <param name="InTime">Whether that is before the deadline; nothing: it cannot be said.</param>
/// <param name="Said">In a sentence.</param>
public sealed record CloseForecast(double EndedPerHour, double OpenedPerHour, DateTimeOffset? EmptyAt, bool? InTime, string Said)
{
    /// <summary>So many days back the rates are taken from.</summary>
    public const int Days = 14;

    /// <param name="open">How many are in the way.</param>
    /// <param name="ended">How many were ended within <see cref="Days"/>.</param>
    /// <param name="opened">How many were opened within it.</param>
    /// <param name="period">Which close. What is opened after its end is not in the way.</param>
    /// <param name="hours">How time counts.</param>
    /// <param name="now">The present.</param>
    public static CloseForecast Of(int open, int ended, int opened, ClosePeriod period, WorkingHours hours, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(period);
        ArgumentNullException.ThrowIfNull(hours);
        var worked = hours.Between(now.AddDays(-Days), now).TotalHours;
        var (leaving, coming) = worked > 0 ? (ended / worked, opened / worked) : (0, 0);
        if (open == 0)
        {
            return new CloseForecast(leaving, coming, now, true, "Nothing is in the way.");
        }

        if (ended == 0)
        {
            return new CloseForecast(0, coming, null, null, $"Nothing was ended in the last {Days} days, so nothing can be foretold.");
        }

        return Empty(open, leaving, coming, period, hours, now) is not { } empty
            ? new CloseForecast(leaving, coming, null, false, $"More comes in than is ended ({Rate(coming)} against {Rate(leaving)} a business hour): it does not empty.")
            : Told(empty, leaving, coming, hours.Deadline);
    }

    private static CloseForecast Told(DateTimeOffset empty, double leaving, double coming, DateTimeOffset deadline) => new(
        leaving, coming, empty, empty <= deadline, $"At {Rate(leaving)} ended a business hour it is empty {(empty <= deadline ? "in time" : "too late")}.");

    // Until the period's end more comes in; after it only what is there is left.
    private static DateTimeOffset? Empty(int open, double leaving, double coming, ClosePeriod period, WorkingHours hours, DateTimeOffset now)
    {
        if (now >= period.To)
        {
            return hours.After(now, open / leaving);
        }

        var running = hours.Between(now, period.To).TotalHours;
        var left = open - ((leaving - coming) * running);
        return left <= 0 ? hours.After(now, open / (leaving - coming)) : hours.After(period.To, left / leaving);
    }

    private static string Rate(double rate) => rate.ToString(rate < 10 ? "0.##" : "0", CultureInfo.InvariantCulture);
}

/// <summary>How time counts until a close: true hours of the unit's calendar, without the pace that makes due times tighter; plain ones without a calendar.</summary>
public sealed class WorkingHours
{
    private readonly BusinessClock? _clock;

    public WorkingHours(ClosePeriod period, BusinessClock? clock)
    {
        ArgumentNullException.ThrowIfNull(period);
        Deadline = period.Deadline(clock);
        _clock = clock is null ? null : new BusinessClock(clock.Calendar with { Closes = [] });
        Said = clock is null ? "plain hours: the unit keeps no calendar" : $"business hours of {clock.Calendar.Label ?? clock.Calendar.Name} ({clock.Calendar.Zone})";
    }

    /// <summary>By when the books are to be closed (UTC).</summary>
    public DateTimeOffset Deadline { get; }

    /// <summary>Whose hours, for the end of a sentence.</summary>
    public string Said { get; }

    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to) => _clock?.Between(from, to) ?? to - from;

    /// <summary>So many hours later.</summary>
    public DateTimeOffset After(DateTimeOffset from, double hours) =>
        hours > 100_000 ? DateTimeOffset.MaxValue : _clock?.Add(from, TimeSpan.FromHours(hours)) ?? from.AddHours(hours);
}
