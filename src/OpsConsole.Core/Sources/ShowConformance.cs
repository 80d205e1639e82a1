namespace OpsConsole.Sources;

/// <summary>What one source sends, what its facts of the last days lack, its clock, its duplicates and what of it was refused.</summary>
public sealed record ShowConformance(string Name, Actor Actor) : IRequest<Outcome<SourceConformance>>, IGuarded
{
    public Right Needs => Right.ReadSources;
}

/// <summary>One source judged by its facts.</summary>
public sealed record SourceConformance
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary>Facts since then were looked at: as many days, at most 7, as can be counted in a moment.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Events that happened since then.</summary>
    public required long Events { get; init; }

    /// <summary>Spans that started since then.</summary>
    public required long Spans { get; init; }

    /// <summary>The most frequent first.</summary>
    public required IReadOnlyList<SentKind> Sends { get; init; }

    /// <summary>What was asked of the facts; only where there are facts to ask.</summary>
    public required IReadOnlyList<ConformanceLine> Checks { get; init; }

    /// <summary>How the source's clock stands to the console's; nothing while nothing came.</summary>
    public SourceClock? Clock { get; init; }

    /// <summary>Since the source was registered: stored, sent again, contradicting what is stored, refused.</summary>
    public required SourceSettled Settled { get; init; }

    /// <summary>What waits in quarantine, by reason.</summary>
    public required IReadOnlyList<SourceReject> Rejects { get; init; }

    /// <summary>What was turned away at the door within the last 7 days, by reason.</summary>
    public required IReadOnlyList<TurnedAway> TurnedAway { get; init; }
}

/// <param name="EntityType">What the events are about.</param>
/// <param name="System">The system that speaks.</param>
/// <param name="Events">How many.</param>
public sealed record SentKind(string EntityType, string System, long Events);

/// <param name="Check">What was asked.</param>
/// <param name="Lacking">How many lack it.</param>
/// <param name="Asked">Of how many.</param>
public sealed record ConformanceLine(ConformanceCheck Check, long Lacking, long Asked)
{
    public double Share => Asked == 0 ? 0 : (double)Lacking / Asked;
}

/// <param name="Facts">How many of the latest facts were looked at.</param>
/// <param name="MedianSeconds">From happening to receipt; below zero: the sender's clock runs ahead.</param>
/// <param name="SlowestSeconds">The largest of them.</param>
/// <param name="AheadSeconds">How far ahead of receipt the fact furthest ahead stands; 0 when none does.</param>
public sealed record SourceClock(int Facts, double MedianSeconds, double SlowestSeconds, double AheadSeconds);

public sealed record SourceSettled(long Stored, long Duplicates, long Conflicts, long Quarantined);

/// <param name="Reason">A stable word.</param>
/// <param name="Field">The field at fault; empty when none is named.</param>
/// <param name="Count">How many different ones.</param>
public sealed record SourceReject(string Reason, string Field, long Count);
