using OpsConsole.Events;
using OpsConsole.Storage;

namespace OpsConsole.Traces;

/// <summary>A trace's spans, and what was wrong with and said of its objects. Read in one round trip.</summary>
/// <param name="Spans">The earliest, whole or in outline (<see cref="TraceQuestions"/>); none when they were not asked for.</param>
/// <param name="Exceptions">Of its objects or of itself.</param>
/// <param name="Facts">While it ran and shortly around it.</param>
internal sealed record TraceAround(IReadOnlyList<SpanRead> Spans, IReadOnlyList<RelatedCase> Exceptions, IReadOnlyList<TraceFact> Facts)
{
    private static readonly TimeSpan s_around = TimeSpan.FromMinutes(5);

    /// <param name="db">Where it stands.</param>
    /// <param name="subjects">The trace and what it speaks of.</param>
    /// <param name="scope">Of who asks.</param>
    /// <param name="spans">False: who asks has them already.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<TraceAround> Read(OpsDb db, TraceSubjects subjects, Scope scope, bool spans, CancellationToken cancellationToken)
    {
        var (trace, seen) = (subjects.Trace, subjects.Seen(scope));
        var owner = subjects.Renamed
            ? (await ObjectNames.Of(db, [.. seen.Keys], cancellationToken)).GroupBy(name => name.SpokenKey).ToDictionary(name => name.Key, name => seen[name.First().ObjectKey])
            : seen;
        var (questions, together) = (Questions<TraceQuestions>.Of(db), new Together(db));
        var read = !spans ? [] : together.Ask((subjects.Whole ? questions.Spans : questions.Outline)(db, trace.TraceId, trace.Days.First, trace.Days.Last));
        var cases = together.Ask(questions.Exceptions(db, [.. seen.Keys], trace.TraceId, scope.AllUnits, scope.Units));
        var facts = together.Ask(questions.Facts(db, [.. owner.Keys], trace.TraceId, trace.StartedAt - s_around, trace.EndedAt + s_around));
        await together.Send(cancellationToken);
        return new TraceAround(
            read,
            cases.ConvertAll(row => row.Related),
            facts.ConvertAll(fact => fact.Of(owner[fact.SpokenKey])));
    }
}
