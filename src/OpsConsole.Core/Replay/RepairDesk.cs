using OpsConsole.Cases;
using OpsConsole.Contracts;
using OpsConsole.Events;
using OpsConsole.Ownership;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>One exception with its payload and what a repair of it is measured by.</summary>
internal sealed record RepairCase(Payload Payload, RepairBasis Basis);

/// <summary>Reads what repairs are measured by.</summary>
internal sealed class RepairDesk(OpsDb db, ContractShelf shelf, TimeProvider clock)
{
    private const int Chunk = 500;

    public Task<Payload> Payload(ExceptionCase @case, CancellationToken cancellationToken) => Replay.Payload.Read(db, @case, cancellationToken);

    /// <summary>What this reader may not see of an exception.</summary>
    public Task<FieldClasses> Hidden(ExceptionCase @case, Actor actor, CancellationToken cancellationToken) =>
        db.Hidden(actor, FieldReveal.OfCase(@case.Id), clock.GetUtcNow(), cancellationToken);

    public async Task<RepairBasis> Read(ExceptionCase @case, bool isJson, Actor actor, CancellationToken cancellationToken)
    {
        var owners = await db.OwnerBook(@case.ObjectType, @case.Unit, cancellationToken);
        if (!isJson)
        {
            return new RepairBasis(@case.System, null, owners);
        }

        var contracts = await ContractShelf.All(db, cancellationToken);
        var type = contracts.Any(contract => contract.EventType is not null) && @case.FailureKey is { } key
            ? await db.Events.Where(e => e.Key == key).Select(e => e.Type).SingleOrDefaultAsync(cancellationToken)
            : null;
        return new RepairBasis(@case.System, await InForce(contracts, @case, type, cancellationToken), owners) { Hidden = await Hidden(@case, actor, cancellationToken) };
    }

    /// <summary>The message that failed and what would be sent now, with dots over what the reader may not see, and the veil that knows them.</summary>
    public async Task<(FieldVeil Veil, string? Original, string? Saved)> Veil(ExceptionCase @case, Payload payload, RepairBasis basis, CancellationToken cancellationToken)
    {
        var veil = basis.Veil;
        if (veil.IsThin)
        {
            return (veil, payload.Original, payload.Current);
        }

        var original = veil.Over(payload.Original);
        var saved = original;
        foreach (var version in await db.PayloadVersions.AsNoTracking().Where(p => p.CaseId == @case.Id && p.Version <= payload.Version).OrderBy(p => p.Version)
            .Select(p => new { p.Version, p.Body }).ToListAsync(cancellationToken))
        {
            saved = veil.Over(version.Body, $"v{version.Version}");
        }

        return (veil, original, saved);
    }

    /// <summary>What somebody wrote around dots, with what stands there: what they have begun to write themselves, else what would be sent now.</summary>
    public async Task<string> Lift(FieldVeil veil, string typed, ExceptionCase @case, Payload payload, Actor actor, CancellationToken cancellationToken)
    {
        if (payload.Current is not { } current || !veil.MayLift(typed))
        {
            return typed;
        }

        var draft = await db.RepairDrafts.AsNoTracking().SingleOrDefaultAsync(d => d.CaseId == @case.Id && d.PersonId == actor.Id, cancellationToken);
        return veil.Lift(draft is null ? typed : veil.Lift(typed, DraftContent.FromJson(draft.Content).On(current)), current);
    }

    /// <summary>The veil over one exception for this reader.</summary>
    public async Task<FieldVeil> Veil(ExceptionCase @case, Actor actor, CancellationToken cancellationToken)
    {
        var hidden = await Hidden(@case, actor, cancellationToken);
        return (await Veils([@case], hidden, cancellationToken)).GetValueOrDefault(@case.Id) ?? new FieldVeil(null, hidden);
    }

    /// <summary>What is hidden in the payloads of many, for those whose contract says so. Where no contract does, it is one look.</summary>
    public async Task<IReadOnlyDictionary<Guid, FieldVeil>> Veils(IReadOnlyCollection<ExceptionCase> cases, FieldClasses hidden, CancellationToken cancellationToken)
    {
        var contracts = await ContractShelf.All(db, cancellationToken);
        var keys = contracts.Any(contract => contract.EventType is not null) ? cases.Select(c => c.FailureKey).OfType<byte[]>().ToList() : [];
        var types = keys.Count == 0
            ? []
            : await db.Events.Where(e => keys.Contains(e.Key)).Select(e => new { e.Key, e.Type }).ToDictionaryAsync(e => Convert.ToHexString(e.Key), e => e.Type, cancellationToken);
        var veils = new Dictionary<Guid, FieldVeil>();
        foreach (var c in contracts.Count == 0 ? [] : cases)
        {
            var type = c.FailureKey is { } key ? types.GetValueOrDefault(Convert.ToHexString(key)) : null;
            if (await InForce(contracts, c, type, cancellationToken) is { Schema: var schema } && (schema.Classes & hidden) is not 0)
            {
                veils[c.Id] = new FieldVeil(schema, hidden);
            }
        }

        return veils;
    }

    /// <summary>The same for many, in few looks.</summary>
    public async Task<IReadOnlyDictionary<Guid, RepairCase>> ReadMany(IReadOnlyList<ExceptionCase> cases, Actor actor, CancellationToken cancellationToken)
    {
        var contracts = await ContractShelf.All(db, cancellationToken);
        var rules = await db.OwnershipRules.AsNoTracking().Where(rule => rule.InForce).ToListAsync(cancellationToken);
        var books = new Dictionary<(string, string), OwnerBook>();
        var read = new Dictionary<Guid, RepairCase>();
        foreach (var chunk in cases.Chunk(Chunk))
        {
            var events = await Events(chunk, cancellationToken);
            var versions = await Versions(chunk, cancellationToken);
            foreach (var c in chunk)
            {
                var said = c is { HasPayload: true, FailureKey: { } key } ? events.GetValueOrDefault(Convert.ToHexString(key)) : default;
                var (original, isJson) = said.Data is null ? (null, true) : FailedMessage.Of(said.Data);
                var payload = new Payload(original, isJson, c.PayloadVersion == 0 ? original : versions[c.Id], c.PayloadVersion);
                if (!books.TryGetValue((c.ObjectType, c.Unit), out var owners))
                {
                    var mine = rules.Where(rule => (rule.Entity == c.ObjectType || rule.Entity == OwnershipRule.Any) && (rule.Unit == c.Unit || rule.Unit == OwnershipRule.Any));
                    books[(c.ObjectType, c.Unit)] = owners = new OwnerBook(c.ObjectType, c.Unit, mine);
                }

                read[c.Id] = new RepairCase(payload, new RepairBasis(c.System, isJson ? await InForce(contracts, c, said.Type, cancellationToken) : null, owners) { Hidden = actor.Hidden() });
            }
        }

        return read;
    }

    private async Task<ContractInForce?> InForce(IReadOnlyList<Contract> contracts, ExceptionCase @case, string? eventType, CancellationToken cancellationToken)
    {
        var subject = new ContractSubject(@case.ReplayTarget, eventType, @case.ObjectType, @case.Operation.Length == 0 ? null : @case.Operation);
        return ContractShelf.Closest(contracts, subject) is { } closest ? await shelf.Open(db, closest, cancellationToken) : null;
    }

    private async Task<Dictionary<string, (string? Type, byte[]? Data)>> Events(IReadOnlyList<ExceptionCase> cases, CancellationToken cancellationToken)
    {
        var keys = cases.Where(c => c is { HasPayload: true, FailureKey: not null }).Select(c => c.FailureKey!).ToList();
        var rows = await db.Events.Where(e => keys.Contains(e.Key)).Select(e => new { e.Key, e.Type, e.Data }).ToListAsync(cancellationToken);
        return rows.ToDictionary(row => Convert.ToHexString(row.Key), row => ((string?)row.Type, (byte[]?)row.Data));
    }

    private async Task<Dictionary<Guid, string>> Versions(IReadOnlyList<ExceptionCase> cases, CancellationToken cancellationToken)
    {
        var ids = cases.Where(c => c.PayloadVersion > 0).Select(c => c.Id).ToList();
        return ids.Count == 0 ? [] : await (from c in db.Cases
                                           join version in db.PayloadVersions on new { c.Id, Version = c.PayloadVersion } equals new { Id = version.CaseId, version.Version }
                                           where ids.Contains(c.Id)
                                           select new { c.Id, version.Body }).ToDictionaryAsync(row => row.Id, row => row.Body, cancellationToken);
    }
}
