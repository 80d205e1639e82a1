using OpsConsole.Calendars;

namespace OpsConsole.Tests.Samples;

/// <summary>An office of Berlin that is right in every field; a test names only what it is about.</summary>
internal sealed record CalendarSample
{
    public string Name { get; init; } = "berlin";
    public string Zone { get; init; } = "Europe/Berlin";
    public string From { get; init; } = "09:00";
    public string To { get; init; } = "17:00";
    public IReadOnlyList<Holiday> Holidays { get; init; } = [];
    public IReadOnlyList<CloseWindow> Closes { get; init; } = [];
    public IReadOnlyList<string> Units { get; init; } = [];

    public BusinessCalendar Build() => new(
        Name, Zone, [.. Enumerable.Range((int)DayOfWeek.Monday, 5).Select(day => new WorkHours((DayOfWeek)day, From, To))], Holidays, Closes)
    {
        Units = Units,
    };
}
