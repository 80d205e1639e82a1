namespace OpsConsole.Sources;

/// <summary>What one source sent for one business unit in a quarter of an hour of receipt (UTC): what its habit is learnt from. Only ever added to.</summary>
public sealed class FeedQuarter
{
    public const int Minutes = 15;

    public required Guid SourceId { get; init; }

    /// <summary>As the fact spoke it; <see cref="Scope.Unassigned"/> where it spoke none.</summary>
    public required string Unit { get; init; }

    public required DateTimeOffset At { get; init; }

    public long Facts { get; init; }

    /// <summary>The latest receipt within the quarter.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>The quarter that a moment falls into.</summary>
    public static DateTimeOffset Of(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % (Minutes * TimeSpan.TicksPerMinute)), TimeSpan.Zero);
}

/// <summary>What one source sends for one business unit, as it was judged last.</summary>
public sealed class Feed
{
    public required Guid SourceId { get; init; }

    public required string Unit { get; init; }

    /// <summary>Its latest receipt.</summary>
    public required DateTimeOffset LastAt { get; set; }

    /// <summary>Nothing has come since, and something should have; nothing: all is as usual.</summary>
    public DateTimeOffset? SilentSince { get; set; }

    /// <summary>While it is silent: how many facts came at least in such a time before.</summary>
    public long Usual { get; set; }

    /// <summary>From how many weeks its habit is known; below <see cref="FeedHabit.FewestWeeks"/> it is not known.</summary>
    public int Weeks { get; set; }

    /// <summary>The quarter up to which it was judged.</summary>
    public required DateTimeOffset JudgedAt { get; set; }
}
