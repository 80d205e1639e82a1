using System.Text.RegularExpressions;
using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Contracts;

/// <summary>Publishes a contract: a schema other than the one in force becomes the next version and is in force at once. The same again changes nothing.</summary>
/// <param name="Name">Lower-case letters, digits and hyphens.</param>
/// <param name="Body">What it says.</param>
/// <param name="Seen">The latest version that the caller saw; nothing: whatever it is now.</param>
/// <param name="Actor">Who asks.</param>
public sealed record SetContract(string Name, ContractBody Body, int? Seen, Actor Actor) : IRequest<Outcome<ContractView>>, IGuarded
{
    public Right Needs => Right.ManageRules;
}

/// <param name="Label">As people read it; the name when empty.</param>
/// <param name="For">What it is for: at least one condition.</param>
/// <param name="Schema">JSON Schema, draft 2020-12.</param>
/// <param name="Note">What is new in this version.</param>
public sealed record ContractBody(string? Label, ContractSubject For, string Schema, string? Note);

internal sealed partial class SetContractHandler(OpsDb db, TimeProvider clock, WorkSignals bells) : IRequestHandler<SetContract, Outcome<ContractView>>
{
    public async Task<Outcome<ContractView>> Handle(SetContract request, CancellationToken cancellationToken)
    {
        if (Wrong(request) is { } refusal)
        {
            return refusal;
        }

        var all = await db.Contracts.ToListAsync(cancellationToken);
        var contract = all.Find(c => c.Name == request.Name);
        if (request.Seen is { } seen && seen != (contract?.Latest ?? 0))
        {
            return Refusal.Stale($"The contract {request.Name}");
        }

        if (all.Find(other => other.Name != request.Name && Subject(other) == Subject(request.Body.For)) is { } rival)
        {
            return Refusal.Conflict("contract.for", $"The contract {rival.Name} is for just the same. Two contracts for one message would contradict each other.");
        }

        var now = clock.GetUtcNow();
        var inForce = contract is null ? null : await db.ContractVersions.SingleAsync(v => v.Contract == contract.Name && v.Number == contract.InForce, cancellationToken);
        if (contract is not null && inForce!.Schema == request.Body.Schema && Subject(contract) == Subject(request.Body.For) && contract.Label == Label(request))
        {
            return ContractView.Of(contract, inForce);
        }

        if (contract is null)
        {
            contract = new Contract { Name = request.Name, Label = Label(request), UpdatedAt = now, UpdatedBy = request.Actor.Name };
            db.Contracts.Add(contract);
        }

        Take(contract, request, now);
        if (inForce?.Schema != request.Body.Schema)
        {
            inForce = Publish(contract, request, now);
        }

        db.Audit.Add(AuditEntry.Of(request.Actor, "contract.set", $"contract {contract.Name}", $"version {contract.InForce} in force; for {Said(contract)}; {inForce.Note}", now));
        db.Changes.Add(new Change { Topic = LiveTopic.Settings, At = now });
        var saved = await db.CommitWith(ContractView.Of(contract, inForce), cancellationToken);
        bells.Changes.Ring();
        return saved;
    }

    private ContractVersion Publish(Contract contract, SetContract request, DateTimeOffset now)
    {
        var version = new ContractVersion
        {
            Contract = contract.Name, Number = contract.Latest + 1, Schema = request.Body.Schema, Note = request.Body.Note?.Trim() ?? "", PublishedAt = now, PublishedBy = request.Actor.Name,
        };
        db.ContractVersions.Add(version);
        (contract.Latest, contract.InForce) = (version.Number, version.Number);
        return version;
    }

    private static void Take(Contract contract, SetContract request, DateTimeOffset now)
    {
        var subject = Subject(request.Body.For);
        (contract.Label, contract.Target, contract.EventType, contract.ObjectType, contract.Operation) = (Label(request), subject.Target, subject.EventType, subject.ObjectType, subject.Operation);
        (contract.Revision, contract.UpdatedAt, contract.UpdatedBy) = (contract.Revision + 1, now, request.Actor.Name);
    }

    private static Refusal? Wrong(SetContract request)
    {
        var subject = Subject(request.Body.For);
        return !NameRule().IsMatch(request.Name) ? Refusal.Invalid("name", "must match [a-z][a-z0-9-]{0,63}")
            : request.Body.Label is { Length: > 120 } ? Refusal.Invalid("label", "must have at most 120 characters")
            : request.Body.Note is { Length: > 400 } ? Refusal.Invalid("note", "must have at most 400 characters")
            : subject == new ContractSubject(null, null, null, null) ? Refusal.Invalid("for", "must name a target, an event type, an object type or an operation")
            : new[] { subject.Target, subject.EventType, subject.Operation }.Any(part => part is { Length: > 256 }) || subject.ObjectType is { Length: > 64 } ? Refusal.Invalid("for", "has a name that is too long")
            : PayloadSchema.Read(request.Body.Schema).Refusal;
    }

    private static string Label(SetContract request) => string.IsNullOrWhiteSpace(request.Body.Label) ? request.Name : request.Body.Label.Trim();

    private static ContractSubject Subject(Contract contract) => new(contract.Target, contract.EventType, contract.ObjectType, contract.Operation);

    private static ContractSubject Subject(ContractSubject given) => new(Filled(given.Target), Filled(given.EventType), Filled(given.ObjectType), Filled(given.Operation));

    private static string Said(Contract contract) =>
        string.Join(", ", new[] { contract.Target, contract.EventType, contract.ObjectType, contract.Operation }.Where(part => part is not null));

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    [GeneratedRegex("^[a-z][a-z0-9-]{0,63}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameRule();
}
