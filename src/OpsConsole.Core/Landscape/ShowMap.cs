namespace OpsConsole.Landscape;

/// <summary>The systems and what passes between them, as the flows' milestones tell it: how much, how fast, and what is held up on the way.</summary>
/// <param name="Flow">Only this flow; nothing: all.</param>
/// <param name="Unit">Only this unit; nothing: all in the caller's scope.</param>
/// <param name="Hours">What passed within so many hours, 1 to 720.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ShowMap(string? Flow, string? Unit, int Hours, Actor Actor) : IRequest<Outcome<SystemMap>>, IGuarded
{
    public const int Longest = 720;

    public Right Needs => Right.ReadFacts;
}

/// <param name="Systems">By name.</param>
/// <param name="Roads">In the order of their flows' steps.</param>
/// <param name="Flows">All flows that can be asked for, by name with their labels.</param>
/// <param name="Units">All units within the scope that transactions stand in.</param>
/// <param name="Since">From when on what passed is counted.</param>
/// <param name="Currency">Of all sums.</param>
public sealed record SystemMap(
    IReadOnlyList<SystemNode> Systems, IReadOnlyList<SystemRoad> Roads, IReadOnlyList<(string Name, string Label)> Flows, IReadOnlyList<string> Units, DateTimeOffset Since, string Currency);

/// <param name="Name">Of the system.</param>
/// <param name="Exceptions">Open ones that it raised.</param>
/// <param name="Overdue">Of these, past their due time.</param>
/// <param name="AtRisk">Sum of theirs in the reporting currency, each object counted once.</param>
public sealed record SystemNode(string Name, int Exceptions, int Overdue, decimal AtRisk);

/// <summary>One step of a flow from one system to another, or within one.</summary>
public sealed record SystemRoad
{
    public required string Flow { get; init; }

    /// <summary>The milestone before, and the system that told of it most often.</summary>
    public required string From { get; init; }
    public required string FromLabel { get; init; }
    public required string FromSystem { get; init; }

    /// <summary>The milestone that follows, and the system that told of it most often.</summary>
    public required string To { get; init; }
    public required string ToLabel { get; init; }
    public required string ToSystem { get; init; }

    /// <summary>How many reached the second within the time.</summary>
    public required long Passed { get; init; }

    /// <summary>Median seconds between the two in the events' own time, of the latest that passed; nothing when none did.</summary>
    public double? MedianSeconds { get; init; }

    /// <summary>Nine of ten passed within so many seconds.</summary>
    public double? P90Seconds { get; init; }

    /// <summary>Reached the first and not the second, whenever it was.</summary>
    public required long Open { get; init; }

    /// <summary>Of these, past the second's deadline: what the list of missing ones shows.</summary>
    public required long Overdue { get; init; }

    /// <summary>What the open ones are worth, in the reporting currency.</summary>
    public required decimal OpenAmount { get; init; }

    /// <summary>How many of the open ones have an amount without a known rate, and so are missing from the sum.</summary>
    public required long Unconverted { get; init; }

    public RoadHealth Health => Overdue > 0 ? RoadHealth.HeldUp : Passed > 0 ? RoadHealth.Flowing : Open > 0 ? RoadHealth.Waiting : RoadHealth.Quiet;
}

/// <summary>How a step does. What is quiet is never called fine.</summary>
public enum RoadHealth
{
    /// <summary>Something passed, and nothing is overdue.</summary>
    Flowing,

    /// <summary>Something is overdue.</summary>
    HeldUp,

    /// <summary>Something waits in time, and nothing passed.</summary>
    Waiting,

    /// <summary>Nothing passed and nothing waits.</summary>
    Quiet,
}
