namespace OpsConsole.Calendars;

/// <summary>A calendar as it is kept. Each setting raises the version and leaves the one before in the history.</summary>
public sealed class Calendar
{
    public required string Name { get; init; }

    public required string Definition { get; set; }

    public int Version { get; set; } = 1;

    public required DateTimeOffset UpdatedAt { get; set; }

    public required string UpdatedBy { get; set; }

    /// <summary>Why it was set, in its author's words.</summary>
    public string Note { get; set; } = "";
}

/// <summary>What a calendar said from a moment on. Never changed.</summary>
public sealed class CalendarVersion
{
    public required string Name { get; init; }

    public required int Version { get; init; }

    public required string Definition { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string By { get; init; }

    public string Note { get; init; } = "";
}
