using System.Text.Json;
using OpsConsole.Storage;

namespace OpsConsole.Contracts;

/// <summary>One contract with all its versions, latest first.</summary>
public sealed record ShowContract(string Name, Actor Actor) : IRequest<Outcome<ContractDetails>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

public sealed record ContractDetails(ContractView Contract, IReadOnlyList<ContractVersionRow> Versions);

/// <param name="Number">From 1.</param>
/// <param name="Text">The schema, letter by letter as it was published.</param>
/// <param name="Note">What was new.</param>
public sealed record ContractVersionRow(int Number, string Text, string Note, DateTimeOffset PublishedAt, string PublishedBy, bool InForce)
{
    public JsonElement Schema => ContractView.Element(Text);
}

internal sealed class ShowContractHandler(OpsDb db) : IRequestHandler<ShowContract, Outcome<ContractDetails>>
{
    public async Task<Outcome<ContractDetails>> Handle(ShowContract request, CancellationToken cancellationToken)
    {
        var contract = await db.Contracts.AsNoTracking().SingleOrDefaultAsync(c => c.Name == request.Name, cancellationToken);
        if (contract is null)
        {
            return Refusal.NotFound($"The contract {request.Name}");
        }

        var versions = await db.ContractVersions.AsNoTracking().Where(v => v.Contract == contract.Name).OrderByDescending(v => v.Number).ToListAsync(cancellationToken);
        return new ContractDetails(
            ContractView.Of(contract, versions.Single(v => v.Number == contract.InForce)),
            [.. versions.Select(v => new ContractVersionRow(v.Number, v.Schema, v.Note, v.PublishedAt, v.PublishedBy, v.Number == contract.InForce))]);
    }
}
