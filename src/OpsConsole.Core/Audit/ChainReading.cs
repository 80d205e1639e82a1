using System.Runtime.CompilerServices;
using OpsConsole.Storage;

namespace OpsConsole.Audit;

/// <summary>The chain as the database tells it, a block at a time: nothing is held for longer, and no transaction stays open meanwhile.</summary>
internal static class ChainReading
{
    private const int Block = 5_000;

    /// <param name="db">The database.</param>
    /// <param name="after">The number before the first one.</param>
    /// <param name="to">The last number, inclusive.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async IAsyncEnumerable<ChainLink> Links(this OpsDb db, long after, long to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Every entry of the chain, whoever looks: what they may not see is withheld as its hash, by whoever tells it.
        await using var all = db.OverAllRows();
        while (after < to)
        {
            var (first, last) = (after, Math.Min(after + Block, to));
            var rows = await (
                from seal in all.AuditSeals.AsNoTracking()
                where seal.Number > first && seal.Number <= last
                join entry in all.Audit.AsNoTracking() on seal.EntryId equals entry.Id into told
                from entry in told.DefaultIfEmpty()
                orderby seal.Number
                select new { seal, entry }).ToListAsync(cancellationToken);
            foreach (var row in rows)
            {
                yield return new ChainLink(row.seal.Number, row.seal.EntryHash, row.seal.Chain, row.seal.SealedAt) { Entry = row.entry };
            }

            after = last;
        }
    }

    public static async Task<(long Number, byte[] Chain)> Head(this OpsDb db, CancellationToken cancellationToken)
    {
        var head = await db.AuditSeals.AsNoTracking().OrderByDescending(s => s.Number).FirstOrDefaultAsync(cancellationToken);
        return (head?.Number ?? 0, head?.Chain ?? AuditBytes.Nothing);
    }

    public static async Task<List<AnchorLine>> Anchors(this OpsDb db, CancellationToken cancellationToken) =>
        (await db.AuditAnchors.AsNoTracking().OrderBy(a => a.Number).ToListAsync(cancellationToken)).ConvertAll(a => a.Line() with { From = "the database" });

    public static AnchorLine Line(this AuditAnchor anchor) => new(anchor.Number, anchor.Chain, anchor.At, anchor.KeyId, anchor.Signature);

    public static async Task<AnchorKeys> Keys(this OpsDb db, CancellationToken cancellationToken) =>
        new(await db.AuditKeys.AsNoTracking().Select(k => k.PublicKey).ToListAsync(cancellationToken));
}
