using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Calendars;

/// <summary>
/// Sets a calendar, or makes one. Due times that are reckoned by it follow: of exceptions that have not ended, and of milestones. The same
/// definition again changes nothing.
/// </summary>
/// <param name="Calendar">As it will be kept.</param>
/// <param name="Seen">The version that the caller saw, 0 for a new one; nothing: whatever it is now.</param>
/// <param name="Note">Why, for the history.</param>
/// <param name="Actor">Who asks.</param>
public sealed record SetCalendar(BusinessCalendar Calendar, int? Seen, string Note, Actor Actor) : IRequest<Outcome<CalendarRow>>, IGuarded
{
    public Right Needs => Right.ManageRules;
}

internal sealed class SetCalendarHandler(OpsDb db, TimeProvider clock, WorkSignals bells) : IRequestHandler<SetCalendar, Outcome<CalendarRow>>
{
    public async Task<Outcome<CalendarRow>> Handle(SetCalendar request, CancellationToken cancellationToken)
    {
        if (CalendarRules.Fault(request.Calendar) is { } fault)
        {
            return fault;
        }

        if (request.Note.Length > Columns.Sentence)
        {
            return Refusal.Invalid("note", $"must have at most {Columns.Sentence} characters");
        }

        var others = await db.Calendars.AsNoTracking().Where(c => c.Name != request.Calendar.Name).ToListAsync(cancellationToken);
        if (TakenUnit(request.Calendar, others) is { } taken)
        {
            return taken;
        }

        var row = await db.Calendars.SingleOrDefaultAsync(c => c.Name == request.Calendar.Name, cancellationToken);
        if (request.Seen is { } seen && seen != (row?.Version ?? 0))
        {
            return Refusal.Stale("This calendar");
        }

        var definition = request.Calendar.ToJson();
        return row?.Definition == definition ? CalendarRow.Of(row) : await Commit(row, definition, request, cancellationToken);
    }

    private async Task<Outcome<CalendarRow>> Commit(Calendar? row, string definition, SetCalendar request, CancellationToken cancellationToken)
    {
        var (now, by) = (clock.GetUtcNow(), request.Actor.Name);
        if (row is null)
        {
            row = new Calendar { Name = request.Calendar.Name, Definition = definition, UpdatedAt = now, UpdatedBy = by, Note = request.Note };
            db.Calendars.Add(row);
        }
        else
        {
            (row.Definition, row.Version, row.UpdatedAt, row.UpdatedBy, row.Note) = (definition, row.Version + 1, now, by, request.Note);
        }

        db.CalendarVersions.Add(new CalendarVersion { Name = row.Name, Version = row.Version, Definition = definition, At = now, By = by, Note = request.Note });
        db.Audit.Add(AuditEntry.Of(request.Actor, "calendar.set", $"calendar {row.Name}", $"version {row.Version}{(request.Note.Length > 0 ? ": " : "")}{request.Note}", now));
        db.Changes.Add(new Change { Topic = LiveTopic.Settings, At = now });
        var saved = await db.CommitWith(CalendarRow.Of(row), cancellationToken);
        bells.Facts.Ring();
        bells.Routing.Ring();
        bells.Changes.Ring();
        return saved;
    }

    private static Refusal? TakenUnit(BusinessCalendar calendar, List<Calendar> others)
    {
        foreach (var other in others.Select(row => BusinessCalendar.FromJson(row.Definition)))
        {
            if (calendar.Units.Intersect(other.Units, StringComparer.Ordinal).FirstOrDefault() is { } unit)
            {
                return Refusal.Invalid("units", $"{unit} keeps the calendar {other.Name}; take it out there first");
            }
        }

        return null;
    }
}
