using OpsConsole.Cases.Differences;
using OpsConsole.Contracts;
using OpsConsole.Events;
using OpsConsole.Queries;
using OpsConsole.Storage;

namespace OpsConsole.Search.Differences;

/// <summary>Events: what they carry, where their object belongs, and what other systems say of it. The hash of their content, by which nothing is indexed, makes an even draw.</summary>
internal sealed class EventSamples(OpsDb db, ContractShelf shelf, FieldClasses hidden, IQueryable<SyncEvent> found) : FactSamples
{
    private List<Drawn> _drawn = [];
    private IQueryable<SyncEvent> _found = found;

    public override bool AllFailed => _drawn.TrueForAll(one => one.Outcome is SyncOutcome.Failed);

    public override bool NoneFailed => !_drawn.Exists(one => one.Outcome is SyncOutcome.Failed);

    public override (DateTimeOffset First, DateTimeOffset Last)? Span => _drawn.Count == 0 ? null : (_drawn.Min(one => one.Time), _drawn.Max(one => one.Time));

    public override void Narrow(string step)
    {
        var parts = step.Split('/', 3);
        var (system, type, operation) = (parts[0], parts[1], parts[2]);
        _found = _found.Where(e => e.System == system && e.EntityType == type && e.Operation == operation);
    }

    public override async Task<IReadOnlyList<SelectionStep>> Steps(CancellationToken cancellationToken)
    {
        var steps = await _found.GroupBy(e => new { e.System, e.EntityType, e.Operation }).Select(step => new { step.Key.System, step.Key.EntityType, step.Key.Operation, Count = step.LongCount() })
            .OrderByDescending(step => step.Count).ThenBy(step => step.System).ThenBy(step => step.EntityType).ThenBy(step => step.Operation).Take(MostSteps).ToListAsync(cancellationToken);
        return steps.ConvertAll(step => new SelectionStep(
            $"{step.System}/{step.EntityType}/{step.Operation}",
            $"{QueryText.Term("system", step.System)} {QueryText.Term("object", step.EntityType)}{(step.Operation.Length > 0 ? $" {QueryText.Term("operation", step.Operation)}" : "")}",
            step.Count));
    }

    public override Task<long> Count(CancellationToken cancellationToken) => _found.LongCountAsync(cancellationToken);

    public override async Task Draw(CancellationToken cancellationToken) =>
        _drawn = await _found.OrderBy(e => e.Content).Take(ExplainSelection.MostRows)
            .Select(e => new Drawn(e.Key, e.SpokenKey, e.EntityType, e.EntityId, e.System, e.Outcome, e.Time, e.TraceId)).ToListAsync(cancellationToken);

    public override async Task<IReadOnlyList<SampledFact>> Facts(bool bare, CancellationToken cancellationToken)
    {
        var secrets = new Dictionary<string, VeiledFields>(StringComparer.Ordinal);
        foreach (var type in _drawn.Select(one => one.EntityType).Distinct(StringComparer.Ordinal))
        {
            secrets[type] = await VeiledFields.Of(db, shelf, type, hidden, cancellationToken);
        }

        var facts = new List<SampledFact>();
        foreach (var part in _drawn.Chunk(AtOnce))
        {
            var keys = part.Select(one => one.Key).ToList();
            var said = (await EventSpecimens.Said(db.Events.Where(e => keys.Contains(e.Key)), cancellationToken)).ToDictionary(fact => Convert.ToHexString(fact.Key), StringComparer.Ordinal);
            var known = await ObjectNames.Resolve(db, [.. part.Select(one => one.SpokenKey).Distinct()], cancellationToken);
            var words = await EventSpecimens.Words(db, [.. known.Values.Select(meant => meant.Key).Distinct()], "", cancellationToken);
            facts.AddRange(part.Select(one => Made(one, said.GetValueOrDefault(Convert.ToHexString(one.Key)), known.GetValueOrDefault(one.SpokenKey), words, secrets[one.EntityType])));
        }

        return facts;
    }

    public override string? Term(FoundMark mark) => mark switch
    {
        { Group: "attributes" } when !mark.Name.Contains('.', StringComparison.Ordinal) => AttributeTerm(mark),
        { Group: Specimen.Plain, Name: "unit" or "region" or "currency" or "source" or "system" or "object" or "operation", Kind: MarkKind.Is } => QueryText.Term(mark.Name, mark.Value!),
        { Group: Specimen.Plain, Name: "legal entity", Kind: MarkKind.Is } => QueryText.Term("entity", mark.Value!),
        _ => null,
    };

    private static SampledFact Made(Drawn one, SaidFact? fact, BusinessObject? meant, ILookup<Guid, OtherWord> words, VeiledFields secret)
    {
        var place = meant is null ? default : new Place(meant.Unit, meant.LegalEntity, meant.Region, meant.Currency);
        var others = meant is null ? [] : words[meant.Key].Where(word => word.System != one.System);
        var made = EventSpecimens.Made(new Specimen { Objects = meant is null ? [] : [meant.Key], Secret = secret }, place, others, fact)
            .With("system", one.System).With("object", one.EntityType);
        return new SampledFact(made, new FactExample(
            one.Time, one.TraceId is null ? null : Convert.ToHexStringLower(one.TraceId), null, meant is null ? new ObjectRef(one.EntityType, one.EntityId) : new ObjectRef(meant.Type, meant.Id)));
    }

    private sealed record Drawn(byte[] Key, Guid SpokenKey, string EntityType, string EntityId, string System, SyncOutcome Outcome, DateTimeOffset Time, byte[]? TraceId);
}
