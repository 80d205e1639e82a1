using OpsConsole.Storage;

namespace OpsConsole.Calendars;

/// <summary>All calendars, by name.</summary>
public sealed record ListCalendars(Actor Actor) : IRequest<Outcome<CalendarList>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

public sealed record CalendarList(IReadOnlyList<CalendarRow> Items);

/// <param name="Calendar">What it says.</param>
/// <param name="Version">Raised at every change.</param>
public sealed record CalendarRow(BusinessCalendar Calendar, int Version, DateTimeOffset UpdatedAt, string UpdatedBy, string Note)
{
    internal static CalendarRow Of(Calendar row) => new(BusinessCalendar.FromJson(row.Definition), row.Version, row.UpdatedAt, row.UpdatedBy, row.Note);
}

internal sealed class ListCalendarsHandler(OpsDb db) : IRequestHandler<ListCalendars, Outcome<CalendarList>>
{
    public async Task<Outcome<CalendarList>> Handle(ListCalendars request, CancellationToken cancellationToken)
    {
        var rows = await db.Calendars.AsNoTracking().OrderBy(c => c.Name).ToListAsync(cancellationToken);
        return new CalendarList(rows.ConvertAll(CalendarRow.Of));
    }
}

/// <summary>What a calendar said before, latest first.</summary>
public sealed record ListCalendarVersions(string Name, Actor Actor) : IRequest<Outcome<CalendarVersionList>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

public sealed record CalendarVersionList(IReadOnlyList<CalendarVersionRow> Items);

public sealed record CalendarVersionRow(int Version, DateTimeOffset At, string By, string Note, BusinessCalendar Calendar);

internal sealed class ListCalendarVersionsHandler(OpsDb db) : IRequestHandler<ListCalendarVersions, Outcome<CalendarVersionList>>
{
    private const int Most = 100;

    public async Task<Outcome<CalendarVersionList>> Handle(ListCalendarVersions request, CancellationToken cancellationToken)
    {
        var rows = await db.CalendarVersions.AsNoTracking().Where(c => c.Name == request.Name).OrderByDescending(c => c.Version).Take(Most).ToListAsync(cancellationToken);
        return rows.Count == 0
            ? Refusal.NotFound("The calendar")
            : new CalendarVersionList(rows.ConvertAll(row => new CalendarVersionRow(row.Version, row.At, row.By, row.Note, BusinessCalendar.FromJson(row.Definition))));
    }
}
