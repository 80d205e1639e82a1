using OpsConsole.Events;
using OpsConsole.Traces;

namespace OpsConsole.Flows;

/// <summary>A transaction and its twin, side by side.</summary>
public sealed record TransactionComparison
{
    private const int MostAttributes = 300;
    private const double Much = 2;
    private const double Little = 0.05;

    public required TransactionSide Here { get; init; }

    /// <summary>Nothing: no run of this flow is healthy, as far as the reader may see.</summary>
    public TransactionSide? Healthy { get; init; }

    /// <summary>In the flow's order, each by the time since its run began.</summary>
    public required IReadOnlyList<MilestoneComparison> Milestones { get; init; }

    /// <summary>What each system says of the objects on each path.</summary>
    public required IReadOnlyList<WordComparison> Words { get; init; }

    /// <summary>Attributes that differ between the first objects on each path; at most 300.</summary>
    public required IReadOnlyList<AttributeComparison> Attributes { get; init; }

    /// <summary>The messages about its objects, those that were refused first; at most 20.</summary>
    public IReadOnlyList<PayloadComparison> Payloads { get; init; } = [];

    internal static TransactionComparison Of(ComparedRun here, ComparedRun? healthy) => new()
    {
        Here = here.Side,
        Healthy = healthy?.Side,
        Milestones = healthy is null ? [] : [.. here.Milestones.Select(milestone => Compare(milestone, here, healthy))],
        Words = healthy is null ? [] : CompareWords(here, healthy),
        Attributes = healthy is null ? [] : [.. CompareAttributes(here, healthy).Take(MostAttributes)],
    };

    private static MilestoneComparison Compare(MilestoneLine milestone, ComparedRun here, ComparedRun healthy)
    {
        var whole = healthy.Milestones.Select(healthy.Since).Max() ?? 0;
        var (ours, theirs) = (here.Since(milestone), healthy.Milestones.Where(one => one.Name == milestone.Name).Select(healthy.Since).FirstOrDefault());
        var much = ours is { } our && theirs is { } their && Math.Abs(our - their) >= whole * Little;
        var mark = (ours, theirs) switch
        {
            (null, null) => StepMark.Same,
            (null, _) => StepMark.OnlyHealthy,
            (_, null) => StepMark.OnlyHere,
            _ when much && ours >= theirs * Much => StepMark.Slower,
            _ when much && ours <= theirs / Much => StepMark.Faster,
            _ => StepMark.Same,
        };
        return new MilestoneComparison(milestone.Name, milestone.Label, mark, ours, theirs);
    }

    private static List<WordComparison> CompareWords(ComparedRun here, ComparedRun healthy) =>
    [
        .. from place in here.Words.Concat(healthy.Words).Select(word => word.Place).Distinct()
           orderby place.Path, place.System
           let ours = here.Said(place)
           let theirs = healthy.Said(place)
           let fails = here.Words.Any(word => word.Place == place && word.Outcome is SyncOutcome.Failed)
           let mark = ours is null ? AttributeMark.OnlyHealthy : theirs is null ? AttributeMark.OnlyHere : ours == theirs ? AttributeMark.Same : AttributeMark.Differs
           select new WordComparison(place.Path, place.System, mark, fails, ours, theirs),
    ];

    private static IEnumerable<AttributeComparison> CompareAttributes(ComparedRun here, ComparedRun healthy) =>
        from ours in here.Words.DistinctBy(word => word.Place)
        let theirs = healthy.Words.FirstOrDefault(word => word.Place == ours.Place)
        where theirs is not null
        from one in AttributeComparison.Of(ours.System, ours.Path, ours.Attributes ?? "{}", theirs.Attributes ?? "{}")
        where one.Mark is not (AttributeMark.Same or AttributeMark.Own)
        select one;
}

/// <summary>One of two transactions that are compared.</summary>
public sealed record TransactionSide(
    string Flow, ObjectRef Lead, string Unit, DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt, int Objects, int Reached, int Milestones, Money? Amount);

/// <summary>A milestone of both.</summary>
/// <param name="Name">Of the milestone.</param>
/// <param name="Label">As people call it.</param>
/// <param name="Mark">What differs; as of steps of a trace.</param>
/// <param name="HereSeconds">Since the run began; nothing: not reached.</param>
/// <param name="HealthySeconds">The same of the healthy run.</param>
public sealed record MilestoneComparison(string Name, string Label, StepMark Mark, double? HereSeconds, double? HealthySeconds);

/// <summary>What one system says of the objects on one path, in both.</summary>
/// <param name="Path">The chain of types from the lead.</param>
/// <param name="System">Who says it.</param>
/// <param name="Mark">What differs.</param>
/// <param name="Fails">Here the system refused at least one of them.</param>
/// <param name="Here">The states, each once; nothing: it says nothing here.</param>
/// <param name="Healthy">The same of the healthy run.</param>
public sealed record WordComparison(string Path, string System, AttributeMark Mark, bool Fails, string? Here, string? Healthy);

/// <summary>Where something is said: of which objects, by whom.</summary>
internal readonly record struct WordPlace(string Path, string System);

internal sealed record ComparedWord(string Path, string System, string? State, SyncOutcome Outcome, string? ErrorCode, string? Attributes)
{
    public WordPlace Place => new(Path, System);

    public string Said => Outcome is SyncOutcome.Failed ? $"refused {ErrorCode}".TrimEnd() : State ?? "said";
}

internal sealed record ComparedRun(Transaction Run, IReadOnlyList<MilestoneLine> Milestones, IReadOnlyList<ComparedWord> Words)
{
    public TransactionSide Side => new(
        Run.Flow, new ObjectRef(Run.LeadType, Run.LeadId), Run.Unit, Run.StartedAt, Run.CompletedAt, Run.Objects, Run.Reached, Run.Milestones, Run.Money());

    public double? Since(MilestoneLine milestone) => (milestone.Time - Run.StartedAt)?.TotalSeconds;

    /// <summary>What a system says there, each state once; nothing where it says nothing.</summary>
    public string? Said(WordPlace place) =>
        Words.Where(word => word.Place == place).Select(word => word.Said).Distinct().Order(StringComparer.Ordinal).ToList() is { Count: > 0 } said ? string.Join(", ", said) : null;
}
