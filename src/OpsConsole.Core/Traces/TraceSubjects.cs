using OpsConsole.Events;
using OpsConsole.Storage;

namespace OpsConsole.Traces;

/// <summary>A trace and the business objects that it speaks of.</summary>
/// <param name="Trace">As folded.</param>
/// <param name="Said">What its spans name, as they name it.</param>
/// <param name="Known">The objects that these names mean, by spoken key; what nothing is known of is not in it.</param>
/// <param name="Renamed">Some of the objects have other names.</param>
internal sealed record TraceSubjects(TraceSummary Trace, IReadOnlyList<TraceKey> Said, IReadOnlyDictionary<Guid, BusinessObject> Known, bool Renamed)
{
    /// <summary>Its spans are read with all that they carry.</summary>
    public bool Whole => Trace.Spans <= TraceQuestions.MostWhole;

    /// <summary>Those in the scope, by their own key.</summary>
    public Dictionary<Guid, BusinessObject> Seen(Scope scope) =>
        Known.Values.DistinctBy(o => o.Key).Where(o => scope.Covers(o.Unit)).ToDictionary(o => o.Key);

    /// <summary>In one round trip, unless it speaks of something by another name. Nothing: there is no such trace in the scope.</summary>
    public static async Task<TraceSubjects?> Read(OpsDb db, byte[] id, Scope scope, CancellationToken cancellationToken)
    {
        var (questions, together) = (Questions<TraceQuestions>.Of(db), new Together(db));
        var traces = together.Ask(db.Traces.AsNoTracking().Seen(db, scope).Where(t => t.TraceId == id));
        var said = together.Ask(questions.Said(db, id));
        var objects = together.Ask(questions.Objects(db, id));
        var other = together.Ask(questions.Renamed(db, id));
        await together.Send(cancellationToken);
        if (traces.Count == 0)
        {
            return null;
        }

        var known = objects.ToDictionary(o => o.Key);
        return said.TrueForAll(key => known.ContainsKey(key.SpokenKey))
            ? new TraceSubjects(traces[0], said, known, other.Count > 0)
            : new TraceSubjects(traces[0], said, await ObjectNames.Resolve(db, [.. said.Select(key => key.SpokenKey)], cancellationToken), true);
    }
}
