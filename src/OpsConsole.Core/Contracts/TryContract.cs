using System.Text.Json;
using OpsConsole.Storage;

namespace OpsConsole.Contracts;

/// <summary>What a contract would say of a sample payload. Nothing is stored.</summary>
/// <param name="Name">The contract; only looked at when no <paramref name="Schema"/> is given.</param>
/// <param name="Version">Which version; nothing: the one in force.</param>
/// <param name="Schema">A schema that is not published yet.</param>
/// <param name="Sample">A payload.</param>
/// <param name="Actor">Who asks.</param>
public sealed record TryContract(string Name, int? Version, string? Schema, string Sample, Actor Actor) : IRequest<Outcome<TriedContract>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Fits">No fault.</param>
/// <param name="Faults">Each with its place and what would be right.</param>
public sealed record TriedContract(bool Fits, IReadOnlyList<SchemaFault> Faults);

internal sealed class TryContractHandler(OpsDb db) : IRequestHandler<TryContract, Outcome<TriedContract>>
{
    public async Task<Outcome<TriedContract>> Handle(TryContract request, CancellationToken cancellationToken)
    {
        var text = request.Schema ?? await (from version in db.ContractVersions
                                            join contract in db.Contracts on version.Contract equals contract.Name
                                            where contract.Name == request.Name && version.Number == (request.Version ?? contract.InForce)
                                            select version.Schema).SingleOrDefaultAsync(cancellationToken);
        if (text is null)
        {
            return Refusal.NotFound($"The contract {request.Name} or its version");
        }

        var read = PayloadSchema.Read(text);
        if (read.Value is not { } schema)
        {
            return read.Refusal!;
        }

        try
        {
            using var sample = JsonDocument.Parse(request.Sample, new JsonDocumentOptions { MaxDepth = JsonEdit.MaxDepth });
            var faults = schema.Check(sample.RootElement);
            return new TriedContract(faults.Count == 0, faults);
        }
        catch (JsonException failure)
        {
            return Refusal.Invalid("sample", $"is not JSON, see line {failure.LineNumber + 1}, column {failure.BytePositionInLine + 1}");
        }
    }
}
