using System.Text.Json;
using OpsConsole.Storage;

namespace OpsConsole.Contracts;

/// <summary>All contracts, by name, each with the version in force.</summary>
public sealed record ListContracts(Actor Actor) : IRequest<Outcome<IReadOnlyList<ContractView>>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Name">Its name.</param>
/// <param name="Label">As people read it.</param>
/// <param name="For">What it is for.</param>
/// <param name="Version">The number in force.</param>
/// <param name="Latest">The latest number.</param>
/// <param name="Schema">The schema in force.</param>
/// <param name="UpdatedAt">When it was last set.</param>
/// <param name="UpdatedBy">By whom.</param>
public sealed record ContractView(string Name, string Label, ContractSubject For, int Version, int Latest, JsonElement Schema, DateTimeOffset UpdatedAt, string UpdatedBy)
{
    internal static ContractView Of(Contract contract, ContractVersion version) => new(
        contract.Name, contract.Label, new ContractSubject(contract.Target, contract.EventType, contract.ObjectType, contract.Operation), version.Number, contract.Latest,
        Element(version.Schema), contract.UpdatedAt, contract.UpdatedBy);

    internal static JsonElement Element(string schema)
    {
        using var json = JsonDocument.Parse(schema, new JsonDocumentOptions { MaxDepth = JsonEdit.MaxDepth });
        return json.RootElement.Clone();
    }
}

internal sealed class ListContractsHandler(OpsDb db) : IRequestHandler<ListContracts, Outcome<IReadOnlyList<ContractView>>>
{
    public async Task<Outcome<IReadOnlyList<ContractView>>> Handle(ListContracts request, CancellationToken cancellationToken)
    {
        var rows = await (from contract in db.Contracts.AsNoTracking()
                          join version in db.ContractVersions.AsNoTracking() on new { contract.Name, Number = contract.InForce } equals new { Name = version.Contract, version.Number }
                          orderby contract.Name
                          select new { contract, version }).ToListAsync(cancellationToken);
        return Outcome.Of<IReadOnlyList<ContractView>>(rows.ConvertAll(row => ContractView.Of(row.contract, row.version)));
    }
}
