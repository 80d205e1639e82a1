using OpsConsole.Events;

namespace OpsConsole.Kpis;

/// <summary>All that the board shows, measured at one moment.</summary>
public sealed record Board
{
    public required KpiWindow Window { get; init; }
    public required string FlowLabel { get; init; }

    /// <summary>The flow is defined; else its numbers are empty for that reason.</summary>
    public required bool FlowKnown { get; init; }
    public required string Currency { get; init; }

    /// <summary>The latest day of a rate in use.</summary>
    public DateOnly? RatesDay { get; init; }

    /// <summary>Every unit in scope that has anything.</summary>
    public required IReadOnlyList<string> Units { get; init; }

    /// <summary>Every flow there is: name and label.</summary>
    public required IReadOnlyList<(string Name, string Label)> Flows { get; init; }
    public required IReadOnlyList<Tile> Tiles { get; init; }
    public required HealthFigures Health { get; init; }
    public required IReadOnlyList<FunnelStep> Funnel { get; init; }
    public required LagFigures Lag { get; init; }
    public required IReadOnlyList<UnitAges> Open { get; init; }
    public required CauseFigures Causes { get; init; }
    public required HeldBack HeldBack { get; init; }
    public required IReadOnlyList<BacklogLine> Backlog { get; init; }
    public required Freshness Freshness { get; init; }

    /// <summary>What happened in the period that charts remind of, the latest first.</summary>
    public required IReadOnlyList<AnnotationLine> Annotations { get; init; }
}

/// <summary>One number with its trend.</summary>
/// <param name="Kpi">Which.</param>
/// <param name="Figure">As measured.</param>
/// <param name="Target">The wish.</param>
/// <param name="Trend">Its way to here.</param>
public sealed record Tile(Kpi Kpi, KpiFigure Figure, decimal? Target, KpiTrend Trend)
{
    /// <summary>The same for the stretch before, or as it stood at the period's start; nothing when not known.</summary>
    public decimal? Earlier => Trend.Earlier;

    /// <summary>On the wished side; nothing without a target or a number.</summary>
    public bool? Met => (Figure.Value, Target) is not ({ } value, { } target) ? null : Kpi.Better is Better.Higher ? value >= target : value <= target;
}

/// <summary>The flow's transactions of the period, in one line.</summary>
public sealed record HealthFigures(int Transactions, int OnTime, int Late, int Missing, decimal StuckAmount, int Unconverted);

/// <summary>A milestone in the funnel.</summary>
/// <param name="Name">Of the milestone.</param>
/// <param name="Label">As people call it.</param>
/// <param name="Reached">Transactions that reached it, the late ones included.</param>
/// <param name="Amount">What these are worth in the reporting currency.</param>
/// <param name="Late">Reached after the deadline.</param>
/// <param name="Missing">Not reached and overdue.</param>
/// <param name="Open">Not reached and not overdue.</param>
public sealed record FunnelStep(string Name, string Label, int Reached, decimal Amount, int Late, int Missing, int Open)
{
    /// <summary>What the missing ones are worth, in the reporting currency.</summary>
    public decimal Stuck { get; init; }

    /// <summary>Since when the oldest of them is overdue.</summary>
    public DateTimeOffset? StuckSince { get; init; }

    /// <summary>How long it took from the milestone before; nothing where none of the period's has come both ways.</summary>
    public StepPace? Pace { get; init; }
}

/// <summary>How long the step from one milestone to the next took, of those where the first was reached in the period and the second has come, by the events' own time.</summary>
/// <param name="Measured">How many.</param>
/// <param name="P50">The ⌈0.5·n⌉-th smallest.</param>
/// <param name="P90">The ⌈0.9·n⌉-th smallest.</param>
public sealed record StepPace(int Measured, TimeSpan P50, TimeSpan P90);

/// <summary>Open exceptions of a unit by age: under 4 hours, to 1 day, to 3 days, older.</summary>
public sealed record UnitAges(string Unit, decimal Amount, IReadOnlyList<int> Counts)
{
    public int Total => Counts.Sum();
}

/// <summary>The causes with most money at risk, and the rest in one sum.</summary>
public sealed record CauseFigures(IReadOnlyList<CauseFigure> Top, int Causes, int OtherCases, decimal OtherAmount, decimal Total);

/// <summary>All open exceptions of one fingerprint.</summary>
/// <param name="Fingerprint">By which the worklist finds them.</param>
/// <param name="Cause">In words.</param>
/// <param name="Units">Where.</param>
/// <param name="Queue">Where they wait; the commonest, when several.</param>
/// <param name="Cases">How many.</param>
/// <param name="Amount">At risk, each object once.</param>
/// <param name="Opened">Opened within the last day.</param>
/// <param name="Ended">Ended within the last day.</param>
public sealed record CauseFigure(string Fingerprint, string Cause, IReadOnlyList<string> Units, string? Queue, int Cases, decimal Amount, int Opened, int Ended);

/// <summary>What customers that could not be created hold back: distinct transactions that are not complete.</summary>
public sealed record HeldBack(int Transactions, decimal Amount, int Unconverted, IReadOnlyList<HeldCustomer> Customers)
{
    /// <summary>Why they could not be created, what holds back most first.</summary>
    public required IReadOnlyList<HeldReason> Reasons { get; init; }
}

/// <summary>One cause for which customers could not be created.</summary>
/// <param name="Fingerprint">By which the worklist finds them.</param>
/// <param name="Cause">In words.</param>
/// <param name="Customers">How many.</param>
/// <param name="Transactions">What waits for them: distinct transactions.</param>
/// <param name="Amount">What these are worth, in the reporting currency.</param>
public sealed record HeldReason(string Fingerprint, string Cause, int Customers, int Transactions, decimal Amount);

/// <summary>One customer whose creation fails, and what waits for it.</summary>
public sealed record HeldCustomer(Guid CaseId, string Name, ObjectRef Customer, string? Label, string System, string Unit, string Title, int Transactions, decimal Amount);

/// <summary>Where systems disagree.</summary>
public sealed record BacklogLine(string Unit, string Type, int Objects, decimal Amount, DateTimeOffset? Since);

/// <summary>How far the numbers can be trusted.</summary>
/// <param name="AsOf">Everything received before this moment is in the numbers.</param>
/// <param name="Waiting">Facts received and not folded yet.</param>
/// <param name="Sources">Senders that have sent within the last week.</param>
/// <param name="Silent">Those of them that are quiet for longer than is set.</param>
public sealed record Freshness(DateTimeOffset AsOf, int Waiting, int Sources, IReadOnlyList<SilentSource> Silent)
{
    /// <summary>Those whose events come long after they happened, much longer than they usually do.</summary>
    public IReadOnlyList<LateSource> Late { get; init; } = [];
}

public sealed record SilentSource(string Name, DateTimeOffset LastAt);

/// <param name="Name">Of the source.</param>
/// <param name="Behind">How long after they happened its events come now, in the mean.</param>
/// <param name="Usual">How long they usually do; nothing: not known yet.</param>
public sealed record LateSource(string Name, TimeSpan Behind, TimeSpan? Usual);
