using System.Collections.Concurrent;
using OpsConsole.Storage;

namespace OpsConsole.Calendars;

/// <summary>All calendars as they stand now, ready to reckon with.</summary>
public sealed class CalendarBook
{
    /// <summary>In rules and flows, in a calendar's place: the one that the object's business unit keeps.</summary>
    public const string OfUnit = "unit";

    private const int MostKept = 256;

    // A clock remembers the days that it has made, so it outlives the look at the table. What it says follows from its definition alone.
    private static readonly ConcurrentDictionary<string, BusinessClock> s_clocks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BusinessClock> _byName;
    private readonly Dictionary<string, BusinessClock> _byUnit;

    public CalendarBook(IEnumerable<Calendar> calendars)
    {
        var rows = calendars.ToList();
        _byName = rows.ToDictionary(row => row.Name, row => ClockOf(row.Definition), StringComparer.Ordinal);
        _byUnit = _byName.Values.OrderBy(clock => clock.Calendar.Name, StringComparer.Ordinal)
            .SelectMany(clock => clock.Calendar.Units.Select(unit => (unit, clock))).DistinctBy(pair => pair.unit)
            .ToDictionary(pair => pair.unit, pair => pair.clock, StringComparer.Ordinal);
        Stamp = rows.Sum(row => (long)row.Version);
        ChangedAt = rows.Count == 0 ? DateTimeOffset.MinValue : rows.Max(row => row.UpdatedAt);
    }

    /// <summary>None at all: everything is reckoned in plain hours.</summary>
    public static CalendarBook Empty { get; } = new([]);

    /// <summary>Grows with every change of any calendar.</summary>
    public long Stamp { get; }

    /// <summary>The latest change, UTC.</summary>
    public DateTimeOffset ChangedAt { get; }

    public static async Task<CalendarBook> Read(OpsDb db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        return new CalendarBook(await db.Calendars.AsNoTracking().ToListAsync(cancellationToken));
    }

    /// <param name="calendar">A calendar's name, <see cref="OfUnit"/>, or nothing for plain hours.</param>
    /// <param name="unit">Whose business it is.</param>
    /// <returns>Nothing for plain hours: none is named, or the unit keeps none.</returns>
    public BusinessClock? Find(string? calendar, string unit) =>
        calendar is null ? null : calendar == OfUnit ? _byUnit.GetValueOrDefault(unit) : _byName.GetValueOrDefault(calendar);

    /// <summary>So many hours after a moment: business hours by the calendar, plain ones without.</summary>
    public DateTimeOffset Add(string? calendar, string unit, DateTimeOffset from, double hours) =>
        Find(calendar, unit) is { } clock ? clock.Add(from, TimeSpan.FromHours(hours)) : from.AddHours(hours);

    /// <summary>The hours between two moments, by the same rule.</summary>
    public TimeSpan Between(string? calendar, string unit, DateTimeOffset from, DateTimeOffset to) =>
        Find(calendar, unit)?.Between(from, to) ?? to - from;

    /// <summary>In which hours it reckons, for the end of a sentence: <c>business hours of EMEA (Europe/Berlin)</c>; empty for plain hours.</summary>
    public string Say(string? calendar, string unit) =>
        Find(calendar, unit) is { Calendar: var found } ? $"business hours of {found.Label ?? found.Name} ({found.Zone})" : "";

    private static BusinessClock ClockOf(string definition)
    {
        if (s_clocks.Count > MostKept)
        {
            s_clocks.Clear();
        }

        return s_clocks.GetOrAdd(definition, static json => new BusinessClock(BusinessCalendar.FromJson(json)));
    }
}
