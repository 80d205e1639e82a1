using System.Collections.Concurrent;
using OpsConsole.Storage;

namespace OpsConsole.Contracts;

/// <summary>A contract's version as it counts for a payload.</summary>
/// <param name="Name">The contract's name.</param>
/// <param name="Label">As people read it.</param>
/// <param name="Version">The version's number.</param>
/// <param name="Schema">Ready to check with.</param>
public sealed record ContractInForce(string Name, string Label, int Version, PayloadSchema Schema);

/// <summary>Finds the contract for a message. Versions never change, so each is read from its text once.</summary>
internal sealed class ContractShelf
{
    private const int Most = 500;

    private readonly ConcurrentDictionary<(string Name, int Number), PayloadSchema> _read = new();

    /// <summary>All contracts, for many messages; the closest one counts, of equals the first by name.</summary>
    public static async Task<IReadOnlyList<Contract>> All(OpsDb db, CancellationToken cancellationToken) =>
        await db.Contracts.AsNoTracking().OrderBy(c => c.Name).ToListAsync(cancellationToken);

    public static Contract? Closest(IReadOnlyList<Contract> contracts, ContractSubject subject) =>
        contracts.Select(contract => (contract, fits: contract.Fits(subject))).Where(one => one.fits is not null).OrderByDescending(one => one.fits).Select(one => one.contract).FirstOrDefault();

    /// <summary>The version in force of the contract that a message must keep; nothing: there is no contract for it.</summary>
    public async Task<ContractInForce?> Find(OpsDb db, ContractSubject subject, CancellationToken cancellationToken) =>
        Closest(await All(db, cancellationToken), subject) is { } contract ? await Open(db, contract, cancellationToken) : null;

    public async Task<ContractInForce?> Open(OpsDb db, Contract contract, CancellationToken cancellationToken)
    {
        if (!_read.TryGetValue((contract.Name, contract.InForce), out var schema))
        {
            var text = await db.ContractVersions.Where(v => v.Contract == contract.Name && v.Number == contract.InForce).Select(v => v.Schema).SingleAsync(cancellationToken);
            schema = PayloadSchema.Read(text).Value ?? throw new InvalidOperationException($"Version {contract.InForce} of the contract {contract.Name} can no longer be read.");
            if (_read.Count >= Most)
            {
                _read.Clear();
            }

            _read[(contract.Name, contract.InForce)] = schema;
        }

        return new ContractInForce(contract.Name, contract.Label, contract.InForce, schema);
    }
}
