using OpsConsole.Cases.Differences;
using OpsConsole.Queries;

namespace OpsConsole.Search.Differences;

/// <summary>One fact of a sample, as far as it is compared.</summary>
internal sealed record SampledFact(Specimen Specimen, FactExample Example);

/// <summary>One side of the difference analysis: what a search finds of one kind, counted, and an even sample of it.</summary>
internal abstract class FactSamples
{
    /// <summary>How many keys are asked for at once, so that no plan of the database can turn it into more than that.</summary>
    protected const int AtOnce = 1_000;

    protected const int MostSteps = 12;

    /// <summary>Fields of the search that the kind does not know.</summary>
    public required IReadOnlyCollection<string> Unknown { get; init; }

    /// <summary>All that were drawn failed.</summary>
    public abstract bool AllFailed { get; }

    /// <summary>None that was drawn failed.</summary>
    public abstract bool NoneFailed { get; }

    /// <summary>Between which moments those that were drawn stand.</summary>
    public abstract (DateTimeOffset First, DateTimeOffset Last)? Span { get; }

    /// <summary>Nothing but this step from now on.</summary>
    public abstract void Narrow(string step);

    /// <summary>The most frequent kinds of work.</summary>
    public abstract Task<IReadOnlyList<SelectionStep>> Steps(CancellationToken cancellationToken);

    public abstract Task<long> Count(CancellationToken cancellationToken);

    /// <summary>Draws at most <see cref="ExplainSelection.MostRows"/>, by an order that has nothing to do with what they say.</summary>
    public abstract Task Draw(CancellationToken cancellationToken);

    /// <param name="bare">Without what a failure says only because it is one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public abstract Task<IReadOnlyList<SampledFact>> Facts(bool bare, CancellationToken cancellationToken);

    /// <summary>The terms that find the rows that bear a mark; nothing where no search can.</summary>
    public abstract string? Term(FoundMark mark);

    /// <summary>A mark on an attribute as a search.</summary>
    protected static string? AttributeTerm(FoundMark mark)
    {
        if (mark.Name.Length == 0 || !mark.Name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '/' or '-'))
        {
            return null;
        }

        var name = SearchVocabulary.AttributePrefix + mark.Name;
        return mark.Kind switch
        {
            MarkKind.Lacks => $"{name}:missing",
            MarkKind.Has => $"{name}:*",
            MarkKind.Is when mark.Value is "true" or "false" || ExactNumber.TryParse(mark.Value, out _) => $"{name}:{mark.Value}",
            MarkKind.Is => QueryText.Term(name, mark.Value!),
            _ => null,
        };
    }
}
