using System.Text.Json;
using OpsConsole.Contracts;
using OpsConsole.Storage;

namespace OpsConsole.Events;

/// <summary>One business object with all that is known of it. Any of its names leads to it.</summary>
public sealed record ShowObject(string Type, string Id, Actor Actor) : IRequest<Outcome<ObjectDetails>>, IGuarded
{
    public Right Needs => Right.ReadFacts;

    /// <summary>It is shown within this (<see cref="FieldReveal"/>): what is revealed there is revealed here.</summary>
    internal string? Within { get; init; }
}

/// <summary>A business object, each system's word side by side, and what it belongs with.</summary>
public sealed record ObjectDetails
{
    public required string Type { get; init; }
    public required string Id { get; init; }
    public string? Label { get; init; }
    public required string Unit { get; init; }
    public string? LegalEntity { get; init; }
    public string? Region { get; init; }
    public Money? Amount { get; init; }
    public bool Disagrees { get; init; }
    public DateTimeOffset? DisagreesSince { get; init; }
    public DateTimeOffset? FirstAt { get; init; }
    public DateTimeOffset? LastAt { get; init; }
    public DateTimeOffset? ReceivedAt { get; init; }
    public required IReadOnlyList<OtherName> Aliases { get; init; }
    public required IReadOnlyList<SystemState> Systems { get; init; }

    /// <summary>One line for each attribute that any system holds.</summary>
    public required IReadOnlyList<AttributeLine> Attributes { get; init; }

    public required Some<LinkedObject> Links { get; init; }
    public required Some<RelatedTransaction> Transactions { get; init; }
    public required IReadOnlyList<RelatedCase> Exceptions { get; init; }
    public required Some<RelatedTrace> Traces { get; init; }
    public required Some<FactLine> Facts { get; init; }
}

/// <summary>Another system's id for the object; without a system it holds for all (a merge).</summary>
public sealed record OtherName(string? System, string Id);

/// <summary>What one system says.</summary>
public sealed record SystemState(
    string System, string? State, SyncOutcome Outcome, string Operation, DateTimeOffset Time, long? Version, bool VersionFell, Money? Amount,
    JsonElement? Attributes, string? ErrorCode, string? ErrorMessage, int Facts);

/// <summary>One attribute through all systems. <paramref name="Values"/> holds a system's value as it is written, nothing where it keeps none.</summary>
public sealed record AttributeLine(string Name, IReadOnlyDictionary<string, string> Values, bool Differs);

public sealed record LinkedObject(string Type, string Id, string? Label, string Role, bool Disagrees);

/// <summary>One fact on the object's timeline.</summary>
public sealed record FactLine(
    DateTimeOffset Time, DateTimeOffset ReceivedAt, string System, string Operation, SyncOutcome Outcome, string? State, long? Version, Money? Amount,
    string? ErrorCode, string? ErrorMessage, string? TraceId, string Source, string EventId)
{
    private static readonly TimeSpan s_borne = TimeSpan.FromMinutes(2);

    /// <summary>It says that it happened well after it was received: the source's clock runs ahead. Deadlines count from receipt, so nothing depends on it.</summary>
    public bool ClockAhead => Time - ReceivedAt > s_borne;
}

internal sealed class ShowObjectHandler(OpsDb db, ContractShelf shelf, TimeProvider clock) : IRequestHandler<ShowObject, Outcome<ObjectDetails>>
{
    public const int MostFacts = 200;
    public const int MostLinks = 100;

    public async Task<Outcome<ObjectDetails>> Handle(ShowObject request, CancellationToken cancellationToken)
    {
        var spoken = Ids.OfObject(request.Type, request.Id);
        var found = (await ObjectNames.Resolve(db, [spoken], cancellationToken)).GetValueOrDefault(spoken);
        if (found is null || !request.Actor.Scope.Covers(found.Unit))
        {
            return Refusal.NotFound($"The {request.Type} {request.Id}");
        }

        var scope = request.Actor.Scope;
        var names = await ObjectNames.Of(db, [found.Key], cancellationToken);
        var states = await db.ObjectStates.AsNoTracking().Where(s => s.ObjectKey == found.Key).OrderBy(s => s.System).ToListAsync(cancellationToken);
        var hidden = await db.Hidden(request.Actor, request.Within ?? FieldReveal.OfObject(found.Key), clock.GetUtcNow(), cancellationToken);
        var fields = await VeiledFields.Of(db, shelf, found.Type, hidden, cancellationToken);
        return new ObjectDetails
        {
            Type = found.Type,
            Id = found.Id,
            Label = found.Label,
            Unit = found.Unit,
            LegalEntity = found.LegalEntity,
            Region = found.Region,
            Amount = found.Money(),
            Disagrees = found.Disagrees,
            DisagreesSince = found.DisagreesSince,
            FirstAt = found.FirstAt,
            LastAt = found.LastAt,
            ReceivedAt = found.ReceivedAt,
            Aliases = [.. names.Where(name => name.Id is not null).Select(name => new OtherName(name.System, name.Id!)).Distinct()],
            Systems = [.. states.Select(state => Say(state, fields))],
            Attributes = Attributes(states, fields),
            Links = await Links(found.Key, scope, cancellationToken),
            Transactions = await Transactions(found.Key, scope, cancellationToken),
            Exceptions = await db.RelatedCases([found.Key], null, scope, cancellationToken),
            Traces = await db.RelatedTraces([.. names.Select(name => name.SpokenKey)], 50, cancellationToken),
            Facts = await Facts(names, cancellationToken),
        };
    }

    private static SystemState Say(ObjectState state, VeiledFields fields) => new(
        state.System, state.State, state.Outcome, state.Operation, state.Time, state.Version, state.VersionFell,
        state is { Amount: { } amount, Currency: { } currency } ? new Money(amount, currency) : null,
        state.Attributes is null ? null : JsonElement.Parse(fields.Over("", state.Attributes)), state.ErrorCode, state.ErrorMessage, state.Facts);

    private static List<AttributeLine> Attributes(IReadOnlyList<ObjectState> states, VeiledFields fields)
    {
        var bySystem = states.Select(state => (state.System, Values: AttributeSet.Values(state.Attributes))).ToList();
        return
        [
            .. from name in bySystem.SelectMany(system => system.Values.Keys).Distinct().Order(StringComparer.Ordinal)
               let held = bySystem.Where(system => system.Values.ContainsKey(name)).ToDictionary(system => system.System, system => system.Values[name])
               select new AttributeLine(name, held.ToDictionary(one => one.Key, one => fields.Over(name, one.Value)), held.Values.Distinct().Count() > 1),
        ];
    }

    private async Task<Some<LinkedObject>> Links(Guid key, Scope scope, CancellationToken cancellationToken)
    {
        var links =
            from link in db.ObjectLinks.AsNoTracking()
            join other in db.Objects.AsNoTracking().Seen(scope) on link.ToKey equals other.Key
            where link.FromKey == key
            orderby other.Type, other.Id
            select new LinkedObject(other.Type, other.Id, other.Label, link.Role, other.Disagrees);
        return new Some<LinkedObject>(await links.Take(MostLinks).ToListAsync(cancellationToken), await links.LongCountAsync(cancellationToken));
    }

    private async Task<Some<RelatedTransaction>> Transactions(Guid key, Scope scope, CancellationToken cancellationToken)
    {
        var found =
            from part in db.TransactionObjects.AsNoTracking()
            join t in db.Transactions.AsNoTracking() on part.TransactionKey equals t.Key
            where part.ObjectKey == key && (scope.AllUnits || scope.Units.Contains(t.Unit))
            orderby t.StartedAt descending, t.Key
            select new RelatedTransaction(
                t.Flow, new ObjectRef(t.LeadType, t.LeadId), t.Label, part.Path, t.Reached, t.Milestones, t.StartedAt, t.CompletedAt, t.NextDueAt);
        return new Some<RelatedTransaction>(await found.Take(50).ToListAsync(cancellationToken), await found.LongCountAsync(cancellationToken));
    }

    // A name may be one system's only, so another system's facts under the same name are not this object's.
    private async Task<Some<FactLine>> Facts(IReadOnlyList<SpokenName> names, CancellationToken cancellationToken)
    {
        var keys = names.Select(name => name.SpokenKey).Distinct().ToList();
        var everybodys = names.Where(name => name.System is null).Select(name => name.SpokenKey).Distinct().ToList();
        var systems = names.Where(name => name.System is not null).Select(name => name.System!).Distinct().ToList();
        var said = db.Events.AsNoTracking().Where(e => keys.Contains(e.SpokenKey) && (everybodys.Contains(e.SpokenKey) || systems.Contains(e.System)));
        var facts = await said.OrderByDescending(e => e.Time).ThenBy(e => e.Id).Take(MostFacts)
            .Select(e => new
            {
                e.Time, e.ReceivedAt, e.System, e.Operation, e.Outcome, e.State, e.Version, e.Amount, e.Currency, e.ErrorCode, e.ErrorMessage, e.TraceId, e.Source, e.Id,
            })
            .ToListAsync(cancellationToken);
        return new Some<FactLine>(
            [.. facts.Select(e => new FactLine(
                e.Time, e.ReceivedAt, e.System, e.Operation, e.Outcome, e.State, e.Version, e is { Amount: { } amount, Currency: { } currency } ? new Money(amount, currency) : null,
                e.ErrorCode, e.ErrorMessage, e.TraceId is null ? null : Convert.ToHexStringLower(e.TraceId), e.Source, e.Id))],
            await said.LongCountAsync(cancellationToken));
    }
}
