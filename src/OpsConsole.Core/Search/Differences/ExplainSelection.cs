using OpsConsole.Cases.Differences;
using OpsConsole.Events;

namespace OpsConsole.Search.Differences;

/// <summary>
/// The difference analysis over any selection of spans or events: which fields set those that a search finds apart from others. The others are
/// those of a second search, or are picked: of the selection's most frequent step, those to which the telling part of the search (its status, its duration,
/// an attribute) does not apply, in the same time. Both sides are read as even samples of at most <see cref="MostRows"/>; totals are counted.
/// </summary>
/// <param name="Query">The selection, in the words of <see cref="SearchVocabulary"/>.</param>
/// <param name="Kind">Spans or events.</param>
/// <param name="Since">At or after.</param>
/// <param name="Until">Before.</param>
/// <param name="Against">The others, as a search; nothing: they are picked.</param>
/// <param name="Actor">Who asks; both sides are in their scope.</param>
public sealed record ExplainSelection(string Query, SearchKind Kind, DateTimeOffset? Since, DateTimeOffset? Until, string? Against, Actor Actor)
    : IRequest<Outcome<SelectionExplained>>, IGuarded
{
    public const int MostRows = 2_000;

    public Right Needs => Right.ReadFacts;
}

/// <summary>What sets a selection apart.</summary>
public sealed record SelectionExplained
{
    /// <summary>What was selected.</summary>
    public required SelectionSide Here { get; init; }

    /// <summary>What it was compared with.</summary>
    public required SelectionSide Others { get; init; }

    /// <summary>The others were picked, so only one step was compared.</summary>
    public required bool Picked { get; init; }

    /// <summary>What the selection consists of, the most frequent first; the first alone is compared where the others are picked.</summary>
    public required IReadOnlyList<SelectionStep> Steps { get; init; }

    /// <summary>How many are selected in all steps.</summary>
    public required long Selected { get; init; }

    /// <summary>From which moment both were looked for; nothing: from the first.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Until before which moment.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>All of the selected failed and none of the others: what a failure says only because it is one is left out.</summary>
    public required bool SymptomsLeftOut { get; init; }

    /// <summary>The reporting currency.</summary>
    public required string Currency { get; init; }

    /// <summary>The strongest first, one a field.</summary>
    public required IReadOnlyList<SelectionDifference> Differences { get; init; }
}

/// <summary>One side of the comparison.</summary>
/// <param name="Query">A search that finds it.</param>
/// <param name="Total">How many there are, counted.</param>
/// <param name="Sample">How many were read, drawn evenly.</param>
/// <param name="AtRisk">Of open exceptions of the objects that the sample speaks of, each object once.</param>
/// <param name="Worth">Of the transactions that these objects are part of, each once.</param>
public sealed record SelectionSide(string Query, long Total, int Sample, decimal AtRisk, decimal Worth)
{
    /// <summary>There are more than were read, so money is a lower bound.</summary>
    public bool Sampled => Sample < Total;
}

/// <summary>One kind of work within a selection.</summary>
/// <param name="Name">As people read it: <c>erp/post invoice</c>.</param>
/// <param name="Query">The terms that find it.</param>
/// <param name="Count">Of the selected.</param>
public sealed record SelectionStep(string Name, string Query, long Count);

/// <summary>One thing that sets the selected apart.</summary>
/// <param name="Difference">Field, value, shares and what is at risk.</param>
/// <param name="Here">How many of the sample bear it.</param>
/// <param name="Others">How many of the others' sample do.</param>
/// <param name="Worth">Of the transactions behind those that bear it.</param>
/// <param name="Query">A search for the selected that bear it; nothing where no search can ask for the field.</param>
/// <param name="OthersQuery">The same for the others.</param>
/// <param name="Examples">Some of the selected that bear it.</param>
public sealed record SelectionDifference(Difference Difference, int Here, int Others, decimal Worth, string? Query, string? OthersQuery, IReadOnlyList<FactExample> Examples);

/// <summary>A row behind a difference.</summary>
/// <param name="At">When it started or happened.</param>
/// <param name="TraceId">Its trace, when it has one.</param>
/// <param name="SpanId">The span.</param>
/// <param name="About">The object that the event speaks of.</param>
public sealed record FactExample(DateTimeOffset At, string? TraceId, string? SpanId, ObjectRef? About);
