using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using OpsConsole.Sources.Hooks;
using OpsConsole.Storage;

namespace OpsConsole.Sources;

/// <summary>
/// Which sender a key belongs to. All keys are read together and kept for a few seconds, so that a revoked one dies soon and a burst of
/// requests costs one query. An unknown key makes it look again at once: it may have been made a moment ago.
/// </summary>
public sealed class LiveKeys(IDbContextFactory<OpsDb> contexts, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_calm = TimeSpan.FromMilliseconds(200);

    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile Snapshot? _snapshot;

    /// <summary>SHA-256 of a key as it is stored: a key has 256 random bits, so a slow hash would protect nothing.</summary>
    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>The sender of a living key of an enabled source, or nothing.</summary>
    /// <exception cref="System.Data.Common.DbException">The keys were never read and the database does not answer.</exception>
    public async Task<Sender?> Find(string key, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexString(HashOf(key));
        var snapshot = await Read(s_fresh, cancellationToken);
        if (!snapshot.Keys.TryGetValue(hash, out var entry))
        {
            snapshot = await Read(s_calm, cancellationToken);
            snapshot.Keys.TryGetValue(hash, out entry);
        }

        return entry is not null && (entry.ExpiresAt is null || entry.ExpiresAt > clock.GetUtcNow()) ? entry.Sender : null;
    }

    /// <summary>The enabled source of that name with its web-hook secrets as they are kept, the present one first; nothing when it is not known. None: it sends no web-hooks.</summary>
    /// <exception cref="System.Data.Common.DbException">The sources were never read and the database does not answer.</exception>
    public async Task<HookDoor?> FindHook(string source, CancellationToken cancellationToken)
    {
        var snapshot = await Read(s_fresh, cancellationToken);
        if (!snapshot.Hooks.TryGetValue(source, out var door) || door.KeptSecrets.Count == 0)
        {
            snapshot = await Read(s_calm, cancellationToken);
            snapshot.Hooks.TryGetValue(source, out door);
        }

        return door;
    }

    /// <summary>Keys or sources changed on this node: the next look reads them anew.</summary>
    public void Forget() => _snapshot = null;

    public void Dispose() => _one.Dispose();

    private async Task<Snapshot> Read(TimeSpan age, CancellationToken cancellationToken)
    {
        if (_snapshot is { } fresh && clock.GetElapsedTime(fresh.At) < age)
        {
            return fresh;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_snapshot is { } meanwhile && clock.GetElapsedTime(meanwhile.At) < age)
            {
                return meanwhile;
            }

            return _snapshot = await Load(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException && _snapshot is not null)
        {
            // The database is away. Whatever the caller wants needs it too, so what was known is good enough to be told so.
            return _snapshot ?? throw new InvalidOperationException("The keys cannot be read.", failure);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<Snapshot> Load(CancellationToken cancellationToken)
    {
        var at = clock.GetTimestamp();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var sources = await db.Sources.AsNoTracking().Where(s => !s.Disabled).ToListAsync(cancellationToken);
        var senders = sources.ToDictionary(s => s.Id, Sender.Of);
        var keys = await db.SourceKeys.AsNoTracking().Where(k => k.RevokedAt == null).ToListAsync(cancellationToken);
        return new Snapshot(
            at,
            keys.Where(key => senders.ContainsKey(key.SourceId))
                .ToFrozenDictionary(key => Convert.ToHexString(key.Hash), key => new Entry(senders[key.SourceId] with { KeyId = key.Id }, key.ExpiresAt), StringComparer.Ordinal),
            sources.ToFrozenDictionary(
                source => source.Name, source => new HookDoor(senders[source.Id], HookSchemes.Find(source.HookScheme)!, [.. new[] { source.HookSecret, source.HookSecretBefore }.OfType<string>()]), StringComparer.Ordinal));
    }

    private sealed record Snapshot(long At, FrozenDictionary<string, Entry> Keys, FrozenDictionary<string, HookDoor> Hooks);

    private sealed record Entry(Sender Sender, DateTimeOffset? ExpiresAt);
}

/// <summary>Where a source's web-hooks come in.</summary>
/// <param name="Sender">The source.</param>
/// <param name="Scheme">How they are signed.</param>
/// <param name="KeptSecrets">Its living secrets, encrypted.</param>
public sealed record HookDoor(Sender Sender, HookScheme Scheme, IReadOnlyList<string> KeptSecrets);
