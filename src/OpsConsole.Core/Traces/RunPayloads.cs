using OpsConsole.Contracts;
using OpsConsole.Events;
using OpsConsole.Storage;

namespace OpsConsole.Traces;

/// <summary>The messages that facts about a run's objects carry.</summary>
/// <param name="Places">The objects that the reader may see, by their own key, each with its place in the run.</param>
internal sealed record RunPayloads(IReadOnlyDictionary<Guid, string> Places)
{
    private const int MostFacts = 1_000;
    private const int MostPairs = 20;
    private static readonly TimeSpan s_around = TimeSpan.FromMinutes(5);

    /// <summary>The run is a trace: what it brought itself counts before what was said while it ran or shortly around it. Nothing: whatever was said.</summary>
    public TraceSummary? Trace { get; init; }

    public static RunPayloads Of(TraceSubjects subjects, Scope scope) =>
        new(subjects.Seen(scope).ToDictionary(seen => seen.Key, seen => seen.Value.Type)) { Trace = subjects.Trace };

    /// <summary>Of each kind of message the last one that was refused here, else the last one, beside the last one of the healthy run that was not.</summary>
    public static async Task<IReadOnlyList<PayloadComparison>> Compare(OpsDb db, ContractShelf shelf, RunPayloads here, RunPayloads healthy, Actor actor, CancellationToken cancellationToken)
    {
        var ours = (await here.Told(db, cancellationToken)).GroupBy(told => told.Kind).ToDictionary(kind => kind.Key, kind => kind.OrderByDescending(told => told.Side.Failed).First());
        var theirs = (await healthy.Told(db, cancellationToken)).GroupBy(told => told.Kind).ToDictionary(kind => kind.Key, kind => kind.OrderBy(told => told.Side.Failed).First());
        var kinds = ours.Keys.Union(theirs.Keys)
            .OrderByDescending(kind => ours.GetValueOrDefault(kind)?.Side.Failed).ThenByDescending(kind => ours.ContainsKey(kind) && theirs.ContainsKey(kind))
            .ThenBy(kind => kind.Place, StringComparer.Ordinal).ThenBy(kind => kind.System, StringComparer.Ordinal).ThenBy(kind => kind.Operation, StringComparer.Ordinal).Take(MostPairs).ToList();
        var pairs = kinds.ConvertAll(kind => (Here: ours.GetValueOrDefault(kind), Healthy: theirs.GetValueOrDefault(kind)));
        var texts = actor.Can(Right.ReadCases) ? await Texts(db, shelf, actor.Hidden(), [.. pairs.SelectMany(pair => new[] { pair.Here, pair.Healthy }).OfType<ToldPayload>()], cancellationToken) : null;
        return pairs.ConvertAll(pair => PayloadComparison.Of(pair.Here, pair.Healthy, texts));
    }

    // Latest first; of a trace its own before any other.
    private async Task<List<ToldPayload>> Told(OpsDb db, CancellationToken cancellationToken)
    {
        var owner = (await ObjectNames.Of(db, [.. Places.Keys], cancellationToken)).GroupBy(name => name.SpokenKey).ToDictionary(name => name.Key, name => name.First().ObjectKey);
        var spoken = owner.Keys.ToList();
        var facts = db.Events.AsNoTracking().Where(e => spoken.Contains(e.SpokenKey) && e.HasPayload);
        var id = Trace?.TraceId;
        if (Trace is { } trace)
        {
            var (since, until) = (trace.StartedAt - s_around, trace.EndedAt + s_around);
            facts = facts.Where(e => e.TraceId == id || (e.Time >= since && e.Time <= until));
        }

        var told = await facts.OrderByDescending(e => e.Time).ThenBy(e => e.Key).Take(MostFacts)
            .Select(e => new { e.Key, e.SpokenKey, e.EntityType, e.EntityId, e.System, e.Operation, e.Time, Failed = e.Outcome == SyncOutcome.Failed, Own = id != null && e.TraceId == id }).ToListAsync(cancellationToken);
        return [.. told.OrderByDescending(e => e.Own).Select(e => new ToldPayload(
            new PayloadKind(Places[owner[e.SpokenKey]], e.System, e.Operation), e.Key, new PayloadSide(new ObjectRef(e.EntityType, e.EntityId), e.Time, e.Failed)))];
    }

    /// <summary>The messages by their facts' keys in hexadecimal digits, as they may be shown.</summary>
    private static async Task<Dictionary<string, string>> Texts(OpsDb db, ContractShelf shelf, FieldClasses hidden, IReadOnlyList<ToldPayload> told, CancellationToken cancellationToken)
    {
        var keys = told.Select(one => one.Key).ToList();
        var data = await db.Events.AsNoTracking().Where(e => keys.Contains(e.Key)).Select(e => new { e.Key, e.EntityType, e.Data }).ToListAsync(cancellationToken);
        var veils = await Veils(db, shelf, hidden, cancellationToken);
        return data.ToDictionary(e => Convert.ToHexString(e.Key), e => veils.FindAll(veil => veil.Type is null || veil.Type == e.EntityType)
            .Aggregate(FailedMessage.Of(e.Data).Text ?? "", (text, veil) => new FieldVeil(veil.Schema, hidden).Over(text)!));
    }

    // Of all contracts for such objects: of the two messages one may have been meant for another target than the other.
    private static async Task<List<(string? Type, PayloadSchema Schema)>> Veils(OpsDb db, ContractShelf shelf, FieldClasses hidden, CancellationToken cancellationToken)
    {
        var veils = new List<(string?, PayloadSchema)>();
        foreach (var contract in await ContractShelf.All(db, cancellationToken))
        {
            if (await shelf.Open(db, contract, cancellationToken) is { Schema: var schema } && (schema.Classes & hidden) is not 0)
            {
                veils.Add((contract.ObjectType, schema));
            }
        }

        return veils;
    }
}

/// <summary>Messages that can be compared: of the same place, told of by the same system, of the same operation.</summary>
internal readonly record struct PayloadKind(string Place, string System, string Operation);

/// <summary>A fact that carries a message.</summary>
internal sealed record ToldPayload(PayloadKind Kind, byte[] Key, PayloadSide Side);
