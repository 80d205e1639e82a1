using System.Security.Cryptography;
using OpsConsole.Audit;
using OpsConsole.Storage;

namespace OpsConsole.Evidence;

/// <summary>What every pack has besides its own files: the story, the stretch of the chain up to an anchor, the public keys, how to verify it, and the signed list of all of them.</summary>
internal sealed class PackMaker(OpsDb db, AnchorMaker anchors, TimeProvider clock)
{
    /// <param name="about">What it is about, and the name of the file.</param>
    /// <param name="unit">The unit that its audit entry belongs to.</param>
    /// <param name="story">What happened in words, as a page.</param>
    /// <param name="tell">Which entries are told in full; of the others in between only the hashes are.</param>
    /// <param name="entries">Their ids.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="write">Writes its own files.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Outcome<EvidencePack>> Make(
        string about, string unit, string story, Func<AuditEntry, bool> tell, IReadOnlyList<Guid> entries, Actor actor, Func<PackWriter, Task> write, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();

        // The key in force is known before its public half is listed, also when this is the first thing that it signs.
        await anchors.Sign(db, [], now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        var segment = await Segment(about, tell, entries, actor, now, cancellationToken);
        var content = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        string sums;
        using (var pack = new PackWriter(content))
        {
            await pack.Text("story.html", story, cancellationToken);
            await write(pack);
            await pack.Lines(PackCheck.Chain, segment.Lines(db, now, cancellationToken), cancellationToken);
            await pack.Text(PackCheck.Key, await Keys(cancellationToken), cancellationToken);
            await pack.Text("README.txt", PackCheck.Instructions(about), cancellationToken);
            sums = await pack.End(bytes => anchors.Sign(db, bytes, now, cancellationToken), cancellationToken);
        }

        db.Audit.Add(AuditEntry.Of(actor, "evidence.pack", about, $"list of files {sums}", now, unit));
        await db.SaveChangesAsync(cancellationToken);
        content.Position = 0;
        return new EvidencePack($"evidence-{about.Replace(' ', '-')}-{now.UtcDateTime:yyyyMMdd-HHmm}.zip", content, sums);
    }

    // Up to an anchor that vouches for all of it: the first there is, else one that is made now.
    private async Task<ChainSegment> Segment(string about, Func<AuditEntry, bool> tell, IReadOnlyList<Guid> entries, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var numbers = await db.AuditSeals.AsNoTracking().Where(s => entries.Contains(s.EntryId)).Select(s => s.Number).ToListAsync(cancellationToken);
        var (first, last) = numbers.Count == 0 ? (1L, 0L) : (numbers.Min(), numbers.Max());
        if (!await db.AuditAnchors.AnyAsync(a => a.Number >= last, cancellationToken) && await anchors.Make(db, now, cancellationToken) is not null)
        {
            // When the worker made the same one meanwhile it is there, which is all that is wanted.
            await db.CommitWith(last, cancellationToken);
            db.ChangeTracker.Clear();
        }

        var anchored = await db.AuditAnchors.AsNoTracking().Where(a => a.Number >= last).MinAsync(a => (long?)a.Number, cancellationToken) ?? last;
        return new ChainSegment(first - 1, anchored, actor.Name, $"what concerns {about}", tell) { Waiting = true };
    }

    private async Task<string> Keys(CancellationToken cancellationToken) => string.Join(
        '\n', (await db.AuditKeys.AsNoTracking().OrderByDescending(k => k.CreatedAt).Select(k => k.PublicKey).ToListAsync(cancellationToken)).Select(key => new string(PemEncoding.Write("PUBLIC KEY", key)))) + "\n";
}
