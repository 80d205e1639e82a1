using OpsConsole.Calendars;

namespace OpsConsole.Routing;

/// <summary>The clock of one exception: when so much of its time is used up. It stands still while it is paused and outside business hours. Pure.</summary>
/// <param name="calendars">To reckon by.</param>
/// <param name="calendar">A calendar's name, <c>unit</c>, or nothing for plain hours.</param>
/// <param name="unit">The exception's.</param>
/// <param name="openedAt">When it began, UTC.</param>
/// <param name="hours">What it has.</param>
/// <param name="pauses">When it stood still; those before it began do not count.</param>
public sealed class SlaClock(CalendarBook calendars, string? calendar, string unit, DateTimeOffset openedAt, double hours, IReadOnlyList<CasePause> pauses)
{
    private readonly double _paused = pauses.Sum(pause => Counted(calendars, calendar, unit, openedAt, pause).TotalHours);

    /// <summary>Hours on this clock in which it stood still.</summary>
    public double PausedHours => _paused;

    /// <summary>In which hours it counts, for the end of a sentence; empty for plain hours.</summary>
    public string Said => calendars.Say(calendar, unit);

    /// <summary>When this share of its time is used up: 1 is the due time, 0.75 a quarter before, 2 once over again.</summary>
    public DateTimeOffset At(double share) => calendars.Add(calendar, unit, openedAt, (hours * Math.Max(0, share)) + _paused);

    /// <summary>Hours on this clock until it is due; below zero once it is overdue.</summary>
    public double LeftAt(DateTimeOffset now) => calendars.Between(calendar, unit, now, At(1)).TotalHours;

    /// <summary>The earliest moment after so many hours on this clock.</summary>
    public DateTimeOffset After(DateTimeOffset from, double clockHours) => calendars.Add(calendar, unit, from, clockHours);

    /// <summary>The hours on this clock between two moments.</summary>
    public double Between(DateTimeOffset from, DateTimeOffset to) => calendars.Between(calendar, unit, from, to).TotalHours;

    private static TimeSpan Counted(CalendarBook calendars, string? calendar, string unit, DateTimeOffset openedAt, CasePause pause)
    {
        var (from, to) = (pause.From > openedAt ? pause.From : openedAt, pause.EndedAt ?? pause.Until);
        return to > from ? calendars.Between(calendar, unit, from, to) : TimeSpan.Zero;
    }
}
