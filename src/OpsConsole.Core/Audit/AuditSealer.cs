using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Audit;

/// <summary>
/// Chains what was committed, every second and in the order of time; writers never wait for it. It looks at the last minute each second, at the last quarter of an hour each
/// minute and at everything at its start and each hour, so an entry that was committed late is late in the chain and not missed.
/// </summary>
public sealed class AuditSealer(IDbContextFactory<OpsDb> databases, TimeProvider clock, ILogger<AuditSealer> log)
    : LeasedWorker(databases, new WorkSignal(), TimeSpan.FromSeconds(1), log)
{
    private const int MostAtOnce = 5_000;
    private static readonly (TimeSpan Every, TimeSpan? Back)[] s_looks =
        [(TimeSpan.FromHours(1), null), (TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(15)), (TimeSpan.Zero, TimeSpan.FromMinutes(1))];

    private readonly DateTimeOffset[] _looked = new DateTimeOffset[s_looks.Length];

    // Where a full portion ended: the next one need not go past all that is sealed before it.
    private DateTimeOffset? _goOn;

    protected override string LeaseName => "audit-sealer";

    protected override async Task<bool> Turn(long epoch, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = Array.FindIndex(s_looks, look => now - _looked[Array.IndexOf(s_looks, look)] >= look.Every);
        var since = _goOn ?? (s_looks[due].Back is { } back ? now - back : DateTimeOffset.MinValue);
        _goOn = null;
        var portion = await InTransaction(epoch, db => Seal(db, since, cancellationToken), cancellationToken);
        if (portion.Count == MostAtOnce)
        {
            _goOn = portion[^1].At;
            return true;
        }

        // A wide look saw what the narrower ones would.
        Array.Fill(_looked, now, due, s_looks.Length - due);
        return false;
    }

    private async Task<List<AuditEntry>> Seal(OpsDb db, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var entries = await db.Unsealed(since).OrderBy(a => a.At).ThenBy(a => a.Id).Take(MostAtOnce).ToListAsync(cancellationToken);
        if (entries.Count == 0)
        {
            return entries;
        }

        var head = await db.AuditSeals.AsNoTracking().OrderByDescending(s => s.Number).FirstOrDefaultAsync(cancellationToken);
        var (number, chain, now) = (head?.Number ?? 0, head?.Chain ?? AuditBytes.Nothing, AuditBytes.Kept(clock.GetUtcNow()));
        var seals = new List<AuditSeal>(entries.Count);
        foreach (var entry in entries)
        {
            var hash = entry.Hash ?? AuditBytes.HashOf(entry);
            chain = AuditBytes.Link(chain, ++number, hash, now);
            seals.Add(new AuditSeal { Number = number, EntryId = entry.Id, EntryHash = hash, Chain = chain, SealedAt = now });
        }

        await db.Dialect.Insert(db, seals, cancellationToken);
        return entries;
    }
}

internal static class UnsealedEntries
{
    /// <summary>What was committed and has no place in the chain yet.</summary>
    public static IQueryable<AuditEntry> Unsealed(this OpsDb db, DateTimeOffset since) =>
        db.Audit.AsNoTracking().Where(a => a.At >= since && !db.AuditSeals.Any(s => s.EntryId == a.Id));
}
