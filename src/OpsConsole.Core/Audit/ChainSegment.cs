using System.Runtime.CompilerServices;
using OpsConsole.Storage;

namespace OpsConsole.Audit;

/// <summary>A stretch of the chain as lines. Of entries that are not to be told it has the hashes, so the chain can be followed through them.</summary>
/// <param name="After">The number before the first one.</param>
/// <param name="To">The last number.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="Scope">Which entries are told, in words.</param>
/// <param name="Tell">Which entries are told.</param>
internal sealed record ChainSegment(long After, long To, string By, string Scope, Func<AuditEntry, bool> Tell)
{
    /// <summary>Also entries to be told that wait for their place, wherever the stretch ends.</summary>
    public bool Waiting { get; init; }

    public async IAsyncEnumerable<string> Lines(OpsDb db, DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var before = After == 0 ? AuditBytes.Nothing : await db.AuditSeals.AsNoTracking().Where(s => s.Number == After).Select(s => s.Chain).SingleOrDefaultAsync(cancellationToken) ?? AuditBytes.Nothing;
        yield return ChainLine.Head(new ChainLine.HeadLine(1, ChainLine.Time(now), By, After, Convert.ToHexStringLower(before), Scope));
        foreach (var key in await db.AuditKeys.AsNoTracking().OrderBy(k => k.CreatedAt).ToListAsync(cancellationToken))
        {
            yield return ChainLine.Key(key);
        }

        foreach (var anchor in await db.Anchors(cancellationToken))
        {
            yield return AnchorText.Write(anchor);
        }

        var (head, _) = await db.Head(cancellationToken);
        var (last, chain) = (After, before);
        await foreach (var link in db.Links(After, To, cancellationToken))
        {
            (last, chain) = (link.Number, link.Chain);
            yield return ChainLine.Link(link.Entry is { } entry && !Tell(entry) ? link with { Withheld = true } : link);
        }

        var whole = To >= head;
        if (whole || Waiting)
        {
            await foreach (var entry in db.Unsealed(DateTimeOffset.MinValue).OrderBy(a => a.At).AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                if (Tell(entry))
                {
                    yield return ChainLine.Unsealed(entry);
                }
            }
        }

        yield return ChainLine.End(last, Convert.ToHexStringLower(chain), whole);
    }
}
