namespace OpsConsole.Calendars;

/// <summary>Reckons by a calendar as somebody edits it, before it is set: when something is due, and how the days ahead look.</summary>
/// <param name="Calendar">It need not be kept yet.</param>
/// <param name="From">From when; nothing: now.</param>
/// <param name="Hours">Business hours to add, above 0 and at most a year.</param>
/// <param name="Actor">Who asks.</param>
public sealed record TryCalendar(BusinessCalendar Calendar, DateTimeOffset? From, double Hours, Actor Actor) : IRequest<Outcome<CalendarTried>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="From">Where it began, UTC.</param>
/// <param name="Due">When so many business hours have passed, UTC.</param>
/// <param name="Days">The days of the zone from the beginning on, two weeks of them.</param>
public sealed record CalendarTried(DateTimeOffset From, DateTimeOffset Due, IReadOnlyList<CalendarDay> Days);

/// <param name="Day">By the calendar's zone.</param>
/// <param name="Holiday">Its name, where it is one.</param>
/// <param name="Open">What is open, by UTC.</param>
public sealed record CalendarDay(DateOnly Day, string? Holiday, IReadOnlyList<OpenStretch> Open);

internal sealed class TryCalendarHandler(TimeProvider clock) : IRequestHandler<TryCalendar, Outcome<CalendarTried>>
{
    private const int Days = 14;
    private const double MostHours = 8_760;

    public Task<Outcome<CalendarTried>> Handle(TryCalendar request, CancellationToken cancellationToken) => Task.FromResult(Try(request));

    private Outcome<CalendarTried> Try(TryCalendar request)
    {
        if (CalendarRules.Fault(request.Calendar) is { } fault)
        {
            return fault;
        }

        if (request.Hours is not (> 0 and <= MostHours) || request.From is { Year: < 1970 or > 2999 })
        {
            return Refusal.Invalid("hours", $"must be above 0 and at most {MostHours}, from a year between 1970 and 2999");
        }

        var reckon = new BusinessClock(request.Calendar);
        var from = (request.From ?? clock.GetUtcNow()).ToUniversalTime();
        var first = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, reckon.Zone).DateTime);
        var holidays = request.Calendar.Holidays.ToDictionary(holiday => holiday.Day, holiday => holiday.Name);
        return new CalendarTried(
            from, reckon.Add(from, TimeSpan.FromHours(request.Hours)),
            [.. Enumerable.Range(0, Days).Select(first.AddDays).Select(day => new CalendarDay(day, holidays.GetValueOrDefault(day), reckon.Stretches(day)))]);
    }
}
