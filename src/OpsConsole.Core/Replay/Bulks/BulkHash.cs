using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OpsConsole.Cases;
using OpsConsole.Storage;

namespace OpsConsole.Replay.Bulks;

/// <summary>
/// What an approval of a bulk counts for: its pending items with the versions that were seen (whatever changes an exception's payload raises its version), and where
/// their targets send. An item that has changed since is not sent; a target that has changed stops the bulk.
/// </summary>
internal sealed class BulkHash(OpsDb db)
{
    /// <summary>SHA-256, hex.</summary>
    public async Task<string> Of(Guid bulkId, CancellationToken cancellationToken)
    {
        var items = await db.BulkItems.AsNoTracking().Where(i => i.BulkId == bulkId && i.Verdict <= BulkVerdict.NeedsApproval).OrderBy(i => i.Position)
            .Select(i => new { i.CaseId, i.SeenVersion }).ToListAsync(cancellationToken);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var item in items)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{item.CaseId:n} {item.SeenVersion}\n")));
        }

        hash.AppendData(Encoding.UTF8.GetBytes(await Targets(items.Select(item => item.CaseId), cancellationToken)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private async Task<string> Targets(IEnumerable<Guid> cases, CancellationToken cancellationToken)
    {
        var names = (await db.Cases.Among(cases, some => some.Select(c => c.ReplayTarget).Distinct(), cancellationToken)).Distinct().ToList();
        var targets = await db.Targets.AsNoTracking().Where(t => names.Contains(t.Name)).OrderBy(t => t.Name).Select(t => new { t.Name, t.Method, t.Url }).ToListAsync(cancellationToken);
        return string.Concat(targets.Select(target => $"{target.Name}\0{target.Method}\0{target.Url}\n"));
    }
}
