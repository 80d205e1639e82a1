using OpsConsole.Contracts;
using OpsConsole.Storage;

namespace OpsConsole.Cases.Differences;

/// <summary>Which fields of payloads some contract calls secret. Asked for the same places thousands of times, so each answer is kept.</summary>
internal sealed class SecretFields(IReadOnlyList<PayloadSchema> schemas)
{
    public static readonly SecretFields None = new([]);

    private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);

    /// <summary>Those of the contracts in force for objects of a type, whatever their target.</summary>
    public static async Task<SecretFields> Of(OpsDb db, ContractShelf shelf, string objectType, CancellationToken cancellationToken)
    {
        var schemas = new List<PayloadSchema>();
        foreach (var contract in (await ContractShelf.All(db, cancellationToken)).Where(contract => contract.ObjectType is null || contract.ObjectType == objectType))
        {
            schemas.Add((await shelf.Open(db, contract, cancellationToken))!.Schema);
        }

        return new SecretFields(schemas.FindAll(schema => schema.HasSecrets));
    }

    public bool Holds(string pointer)
    {
        if (schemas.Count == 0)
        {
            return false;
        }

        if (!_known.TryGetValue(pointer, out var secret))
        {
            _known[pointer] = secret = schemas.Any(schema => schema.Field(pointer)?.Tags.Secret is true);
        }

        return secret;
    }
}
