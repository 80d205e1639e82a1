using System.Text.Json;
using OpsConsole.Events;
using OpsConsole.Storage;

namespace OpsConsole.Flows;

/// <summary>Which person or system started what became of an object: walked back by causation, correlation and the transaction's links to the first fact received.</summary>
/// <param name="Type">The object's type.</param>
/// <param name="Id">The object's id, as anybody calls it.</param>
/// <param name="Actor">Who asks: the walk ends where their scope does.</param>
public sealed record FindStarter(string Type, string Id, Actor Actor) : IRequest<Outcome<Starter>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Way">From the object's own first fact back to the first of all, which is the last here; empty: no fact speaks of it.</param>
public sealed record Starter(IReadOnlyList<StarterStep> Way)
{
    /// <summary>The first fact of all.</summary>
    public StarterStep? First => Way.Count > 0 ? Way[^1] : null;
}

/// <param name="How">Why it is before the one before: <c>first fact of the object</c>, <c>named as its cause</c>.</param>
/// <param name="Person">Whom the sender named as acting (CloudEvents <c>authid</c>); nothing: nobody.</param>
/// <param name="Sender">The registered source whose key brought it.</param>
/// <param name="Key">The event's identity: SHA-256 of (source, 0, id), in hexadecimal.</param>
public sealed record StarterStep(
    string How, string Type, string Id, string System, string Operation, string? Person, string Sender, string Source, string EventId, string Key, DateTimeOffset Time, DateTimeOffset ReceivedAt);

internal sealed class FindStarterHandler(OpsDb db) : IRequestHandler<FindStarter, Outcome<Starter>>
{
    private const int MostSteps = 12;
    private const int MostObjects = 500;

    public async Task<Outcome<Starter>> Handle(FindStarter request, CancellationToken cancellationToken)
    {
        var (spoken, scope) = (Ids.OfObject(request.Type, request.Id), request.Actor.Scope);
        var found = (await ObjectNames.Resolve(db, [spoken], cancellationToken)).GetValueOrDefault(spoken);
        if (found is null || !scope.Covers(found.Unit))
        {
            return Refusal.NotFound($"The {request.Type} {request.Id}");
        }

        var way = new List<(string How, SyncEvent Fact)>();
        var own = await First(await Facts([found.Key], cancellationToken), null, cancellationToken);
        var around = await Facts(await Together(found.Key, scope, cancellationToken), cancellationToken);
        var (how, fact) = ("first fact of the object", own);
        while (fact is not null && way.Count < MostSteps)
        {
            way.Add((how, fact));
            (how, fact) = await Before(fact, way, around, scope, cancellationToken);
        }

        var senders = way.ConvertAll(step => step.Fact.SenderId);
        var names = await db.Sources.AsNoTracking().Where(s => senders.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name, cancellationToken);
        return new Starter(way.ConvertAll(step => Say(step.How, step.Fact, names)));
    }

    private static StarterStep Say(string how, SyncEvent fact, Dictionary<Guid, string> senders) => new(
        how, fact.EntityType, fact.EntityId, fact.System, fact.Operation, Extension(fact, "authid"), senders.GetValueOrDefault(fact.SenderId, ""), fact.Source, fact.Id,
        Convert.ToHexStringLower(fact.Key), fact.Time, fact.ReceivedAt);

    private async Task<(string How, SyncEvent? Fact)> Before(SyncEvent fact, List<(string How, SyncEvent Fact)> way, IQueryable<SyncEvent> around, Scope scope, CancellationToken cancellationToken)
    {
        if (Extension(fact, "causationid") is { } cause && await Cause(fact.Source, cause, around, scope, cancellationToken) is { } caused && way.TrueForAll(step => !step.Fact.Key.AsSpan().SequenceEqual(caused.Key)))
        {
            return ("named as its cause", caused);
        }

        if (fact.CorrelationId is { } correlation && await First(around.Where(e => e.CorrelationId == correlation), fact.Time, cancellationToken) is { } correlated)
        {
            return ("first of the same correlation", correlated);
        }

        return ("first fact of the transaction", await First(around, fact.Time, cancellationToken));
    }

    // An event's id is its source's own: the effect's source first, then those that speak of the same transaction.
    private async Task<SyncEvent?> Cause(string source, string id, IQueryable<SyncEvent> around, Scope scope, CancellationToken cancellationToken)
    {
        var sources = await around.Select(e => e.Source).Distinct().ToListAsync(cancellationToken);
        var keys = sources.Prepend(source).Distinct(StringComparer.Ordinal).Select(one => Ids.OfEvent(one, id)).ToList();
        var facts = await db.Events.AsNoTracking().Where(e => keys.Contains(e.Key)).ToListAsync(cancellationToken);
        var fact = facts.MinBy(one => one.Source == source ? 0 : 1);
        var about = fact is null ? null : (await ObjectNames.Resolve(db, [fact.SpokenKey], cancellationToken)).GetValueOrDefault(fact.SpokenKey);
        return about is not null && scope.Covers(about.Unit) ? fact : null;
    }

    private static Task<SyncEvent?> First(IQueryable<SyncEvent> facts, DateTimeOffset? before, CancellationToken cancellationToken) =>
        facts.Where(e => before == null || e.Time < before).OrderBy(e => e.Time).ThenBy(e => e.Key).FirstOrDefaultAsync(cancellationToken);

    /// <summary>The object and all that stand in a transaction with it, as far as the scope goes.</summary>
    private async Task<List<Guid>> Together(Guid key, Scope scope, CancellationToken cancellationToken)
    {
        var transactions = db.TransactionObjects.AsNoTracking().Where(o => o.ObjectKey == key).Select(o => o.TransactionKey);
        var others = await db.TransactionObjects.AsNoTracking().Where(o => transactions.Contains(o.TransactionKey)).Select(o => o.ObjectKey).Distinct()
            .Join(db.Objects.AsNoTracking().Seen(scope), one => one, o => o.Key, (one, o) => o.Key).OrderBy(one => one).Take(MostObjects).ToListAsync(cancellationToken);
        return [.. others.Append(key).Distinct()];
    }

    // A name may be one system's only, so another system's facts under the same name are not this object's.
    private async Task<IQueryable<SyncEvent>> Facts(List<Guid> objects, CancellationToken cancellationToken)
    {
        var names = await ObjectNames.Of(db, objects, cancellationToken);
        var everybodys = names.Where(name => name.System is null).Select(name => name.SpokenKey).Distinct().ToList();
        var ones = names.Where(name => name.System is not null).Select(name => name.SpokenKey).Distinct().ToList();
        var systems = names.Where(name => name.System is not null).Select(name => name.System!).Distinct().ToList();
        return db.Events.AsNoTracking().Where(e => everybodys.Contains(e.SpokenKey) || (ones.Contains(e.SpokenKey) && systems.Contains(e.System)));
    }

    private static string? Extension(SyncEvent fact, string name)
    {
        if (fact.Extensions is not { } json)
        {
            return null;
        }

        using var read = JsonDocument.Parse(json);
        return read.RootElement.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 } said ? said : null;
    }
}
