using OpsConsole.Events;
using OpsConsole.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Flows;

/// <summary>A transaction's objects and milestones, and what stands around it, as far as the reader's scope goes. Read in one round trip.</summary>
internal sealed record TransactionAround
{
    private const int MostParts = TransactionQuestions.MostParts;
    private const int MostTraces = TransactionQuestions.MostTraces;

    public required IReadOnlyList<PartLine> Parts { get; init; }

    public required long PartsInAll { get; init; }

    /// <summary>In the flow's order, each with the object that reached it.</summary>
    public required List<(TransactionMilestone Milestone, ObjectRef? ReachedBy)> Milestones { get; init; }

    public required IReadOnlyList<RelatedCase> Exceptions { get; init; }

    public required Some<RelatedTrace> Traces { get; init; }

    public required IReadOnlyList<SharedObject> Shared { get; init; }

    /// <param name="db">Where it stands.</param>
    /// <param name="found">The transaction.</param>
    /// <param name="scope">Of who asks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<TransactionAround> Read(OpsDb db, Transaction found, Scope scope, CancellationToken cancellationToken)
    {
        var (questions, together) = (Questions<TransactionQuestions>.Of(db), new Together(db));
        var (key, all, units) = (found.Key, scope.AllUnits, scope.Units);
        var parts = together.Ask(questions.Parts(db, key, all, units));
        var words = together.Ask(questions.Words(db, key, all, units));
        var milestones = together.Ask(questions.Milestones(db, key));
        var renamed = together.Ask(questions.Renamed(db, key, all, units));
        var cases = together.Ask(questions.Exceptions(db, key, all, units));
        var traces = together.Ask(questions.Traces(db, key, all, units));
        var joined = together.Ask(questions.Joined(db, key, found.LeadKey, found.LeadType, all, units));
        var beside = together.Ask(questions.Beside(db, key, found.LeadKey, found.LeadType, all, units));
        await together.Send(cancellationToken);

        var said = words.ToLookup(word => word.ObjectKey);
        var seen = SeenParts(db, found, scope);
        return new TransactionAround
        {
            Parts = [.. parts.Take(MostParts).Select(part => part.Line([.. said[part.Key].Select(word => word.Word).OrderBy(word => word.System, StringComparer.Ordinal)]))],
            PartsInAll = parts.Count <= MostParts ? parts.Count : await seen.LongCountAsync(cancellationToken),
            Milestones = milestones.ConvertAll(row => (row.Milestone, row.ReachedBy)),
            Exceptions = cases.ConvertAll(row => row.Related),
            Traces = renamed.Count > 0
                ? await db.RelatedTraces([.. (await ObjectNames.Of(db, [.. parts.Select(part => part.Key)], cancellationToken)).Select(name => name.SpokenKey).Distinct()], MostTraces, cancellationToken)
                : new Some<RelatedTrace>(traces.ConvertAll(RelatedQueries.Related), traces.Count < MostTraces ? traces.Count : await Speaking(db, seen).LongCountAsync(cancellationToken)),
            Shared = [.. joined.Select(one => one.Shared(true)), .. beside.Select(one => one.Shared(false))],
        };
    }

    private static IQueryable<Guid> SeenParts(OpsDb db, Transaction found, Scope scope) =>
        db.TransactionObjects.Where(part => part.TransactionKey == found.Key).Join(db.Objects.Seen(scope), part => part.ObjectKey, o => o.Key, (part, o) => o.Key);

    private static IQueryable<byte[]> Speaking(OpsDb db, IQueryable<Guid> objects) =>
        db.Traces.Where(t => db.TraceKeys.Any(k => k.TraceId == t.TraceId && objects.Contains(k.SpokenKey))).Select(t => t.TraceId);
}
