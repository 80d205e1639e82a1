using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Contracts;

/// <summary>Puts another version of a contract in force, an older one too. No version changes by it.</summary>
public sealed record PutInForce(string Name, int Version, Actor Actor) : IRequest<Outcome<ContractView>>, IGuarded
{
    public Right Needs => Right.ManageRules;
}

internal sealed class PutInForceHandler(OpsDb db, TimeProvider clock, WorkSignals bells) : IRequestHandler<PutInForce, Outcome<ContractView>>
{
    public async Task<Outcome<ContractView>> Handle(PutInForce request, CancellationToken cancellationToken)
    {
        var contract = await db.Contracts.SingleOrDefaultAsync(c => c.Name == request.Name, cancellationToken);
        var version = await db.ContractVersions.AsNoTracking().SingleOrDefaultAsync(v => v.Contract == request.Name && v.Number == request.Version, cancellationToken);
        if (contract is null || version is null)
        {
            return Refusal.NotFound(contract is null ? $"The contract {request.Name}" : $"Version {request.Version} of the contract {request.Name}");
        }

        if (contract.InForce == version.Number)
        {
            return ContractView.Of(contract, version);
        }

        var (now, before) = (clock.GetUtcNow(), contract.InForce);
        (contract.InForce, contract.Revision, contract.UpdatedAt, contract.UpdatedBy) = (version.Number, contract.Revision + 1, now, request.Actor.Name);
        db.Audit.Add(AuditEntry.Of(request.Actor, "contract.in-force", $"contract {contract.Name}", $"version {version.Number} in force instead of {before}", now));
        db.Changes.Add(new Change { Topic = LiveTopic.Settings, At = now });
        var saved = await db.CommitWith(ContractView.Of(contract, version), cancellationToken);
        bells.Changes.Ring();
        return saved;
    }
}
