using System.Collections.Concurrent;

namespace OpsConsole.Calendars;

/// <summary>
/// Reckons in a calendar's business time. A moment is open when the zone's clocks then show an hour that is worked, so an hour that a change
/// of clocks skips is not there and one that it repeats counts twice. Pure: the same calendar gives the same answers, on any thread.
/// </summary>
public sealed class BusinessClock
{
    // Paces are whole hundredths, so that all reckoning is in whole numbers.
    private const int Whole = 100;
    private const int LastDay = 3_652_056;

    private readonly ConcurrentDictionary<int, OpenDay> _days = new();
    private readonly TimeZoneInfo _zone;
    private readonly (long From, long To)[][] _week;
    private readonly HashSet<DateOnly> _holidays;

    /// <param name="calendar">One that <see cref="CalendarRules"/> finds nothing wrong with.</param>
    public BusinessClock(BusinessCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        Calendar = calendar;
        _zone = TimeZoneInfo.FindSystemTimeZoneById(calendar.Zone);
        _holidays = [.. calendar.Holidays.Select(holiday => holiday.Day)];
        _week =
        [
            .. Enum.GetValues<DayOfWeek>().Select(day => calendar.Week.Where(hours => hours.Day == day)
                .Select(hours => (From: Ticks(hours.From), To: Ticks(hours.To))).OrderBy(hours => hours.From).ToArray()),
        ];
    }

    public BusinessCalendar Calendar { get; }

    public TimeZoneInfo Zone => _zone;

    /// <summary>The earliest moment by which so much business time has passed since <paramref name="from"/>; the end of time when it never does.</summary>
    public DateTimeOffset Add(DateTimeOffset from, TimeSpan time)
    {
        if (time <= TimeSpan.Zero)
        {
            return from;
        }

        var left = checked(time.Ticks * Whole);
        var at = from.UtcTicks;
        for (var day = DayOf(at); day <= LastDay; day++)
        {
            var open = Day(day);
            if (at <= open.Start && open.Total < left)
            {
                left -= open.Total;
                continue;
            }

            foreach (var (start, end, pace) in open.Pieces)
            {
                var begin = Math.Max(start, at);
                if (begin >= end)
                {
                    continue;
                }

                var counts = (end - begin) * pace;
                if (counts >= left)
                {
                    return new DateTimeOffset(begin + ((left + pace - 1) / pace), TimeSpan.Zero);
                }

                left -= counts;
            }
        }

        return DateTimeOffset.MaxValue;
    }

    /// <summary>How much business time passes between two moments; less than nothing when the second comes first.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to)
    {
        if (to < from)
        {
            return -Between(to, from);
        }

        var (begin, finish, counted) = (from.UtcTicks, to.UtcTicks, 0L);
        for (var day = DayOf(begin); day <= Math.Min(DayOf(finish), LastDay); day++)
        {
            var open = Day(day);
            if (begin <= open.Start && finish >= open.Start + TimeSpan.TicksPerDay)
            {
                counted += open.Total;
                continue;
            }

            foreach (var (start, end, pace) in open.Pieces)
            {
                counted += Math.Max(0, Math.Min(end, finish) - Math.Max(start, begin)) * pace;
            }
        }

        return TimeSpan.FromTicks(counted / Whole);
    }

    /// <summary>How much time counts at this moment: 0 while closed, 1 in business hours, more within a close window.</summary>
    public double PaceAt(DateTimeOffset at)
    {
        var ticks = at.UtcTicks;
        var piece = Array.Find(Day(DayOf(ticks)).Pieces, piece => piece.Start <= ticks && ticks < piece.End);
        return (double)piece.Pace / Whole;
    }

    /// <summary>What is open of a day of the zone, by UTC, with the pace of each stretch.</summary>
    public IReadOnlyList<OpenStretch> Stretches(DateOnly day)
    {
        var noon = day.ToDateTime(new TimeOnly(12, 0)).Ticks;
        return
        [
            .. from utc in new[] { DayOf(noon) - 1, DayOf(noon), DayOf(noon) + 1 }
               where utc is >= 0 and <= LastDay
               from piece in Day(utc).Pieces
               where DateOnly.FromDateTime(Wall(piece.Start)) == day
               select new OpenStretch(new DateTimeOffset(piece.Start, TimeSpan.Zero), new DateTimeOffset(piece.End, TimeSpan.Zero), (double)piece.Pace / Whole),
        ];
    }

    /// <summary>True for a day with hours that is no holiday.</summary>
    public bool IsWorkingDay(DateOnly day) => _week[(int)day.DayOfWeek].Length > 0 && !_holidays.Contains(day);

    private DateTime Wall(long utc) => new(utc + _zone.GetUtcOffset(new DateTime(utc, DateTimeKind.Utc)).Ticks);

    private static int DayOf(long ticks) => (int)(ticks / TimeSpan.TicksPerDay);

    private OpenDay Day(int day) => _days.GetOrAdd(day, static (number, clock) => clock.Make(number), this);

    private OpenDay Make(int day)
    {
        var start = day * TimeSpan.TicksPerDay;
        var pieces = new List<(long Start, long End, int Pace)>();
        foreach (var (first, last, offset) in Offsets(start, start + TimeSpan.TicksPerDay))
        {
            for (var wall = DayOf(Math.Max(0, first + offset)); wall <= Math.Min(DayOf(last - 1 + offset), LastDay); wall++)
            {
                var date = DateOnly.FromDayNumber(wall);
                var midnight = (wall * TimeSpan.TicksPerDay) - offset;
                pieces.AddRange(
                    from hours in IsWorkingDay(date) ? _week[(int)date.DayOfWeek] : []
                    let begin = Math.Max(first, midnight + hours.From)
                    let end = Math.Min(last, midnight + hours.To)
                    where begin < end
                    select (begin, end, PaceOf(date)));
            }
        }

        pieces.Sort();
        return new OpenDay(start, [.. pieces], pieces.Sum(piece => (piece.End - piece.Start) * piece.Pace));
    }

    /// <summary>The parts of a UTC day in which the zone's clocks keep their distance to UTC. They change once a day at most.</summary>
    private IEnumerable<(long From, long To, long Offset)> Offsets(long begin, long finish)
    {
        var (before, after) = (Offset(begin), Offset(finish - 1));
        if (before == after)
        {
            yield return (begin, finish, before);
            yield break;
        }

        var (same, other) = (begin, finish - 1);
        while (other - same > 1)
        {
            var middle = same + ((other - same) / 2);
            (same, other) = Offset(middle) == before ? (middle, other) : (same, middle);
        }

        yield return (begin, other, before);
        yield return (other, finish, after);
    }

    private long Offset(long utc) => _zone.GetUtcOffset(new DateTime(utc, DateTimeKind.Utc)).Ticks;

    private int PaceOf(DateOnly day)
    {
        var pace = 1.0;
        foreach (var window in Calendar.Closes)
        {
            if (window.Pace > pace && Covers(window, day))
            {
                pace = window.Pace;
            }
        }

        return (int)Math.Round(pace * Whole);
    }

    private bool Covers(CloseWindow window, DateOnly day)
    {
        if (window.From is { } from)
        {
            return from <= day && day <= (window.Until ?? from);
        }

        var first = new DateOnly(day.Year, day.Month, 1);
        var upTo = WorkingDays(first, day);
        var after = WorkingDays(day, first.AddDays(DateTime.DaysInMonth(day.Year, day.Month) - 1));
        return upTo <= window.FirstDays || after <= window.LastDays;
    }

    private int WorkingDays(DateOnly from, DateOnly to)
    {
        var count = 0;
        for (var day = from.DayNumber; day <= to.DayNumber; day++)
        {
            count += IsWorkingDay(DateOnly.FromDayNumber(day)) ? 1 : 0;
        }

        return count;
    }

    private static long Ticks(string time) => WorkHours.Minutes(time)!.Value * TimeSpan.TicksPerMinute;

    private sealed record OpenDay(long Start, (long Start, long End, int Pace)[] Pieces, long Total);
}

/// <summary>A stretch of open time.</summary>
/// <param name="From">Its first moment, UTC.</param>
/// <param name="To">The first moment after it, UTC.</param>
/// <param name="Pace">How much an hour in it counts.</param>
public sealed record OpenStretch(DateTimeOffset From, DateTimeOffset To, double Pace);
