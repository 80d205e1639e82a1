using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OpsConsole.Storage;

namespace OpsConsole.Sources;

/// <summary>Makes the source <c>bootstrap</c>, with all scopes and units, for the key in <c>OPSCONSOLE_BOOTSTRAP_KEY</c>. An earlier key of it dies.</summary>
internal sealed class BootstrapKey(IDbContextFactory<OpsDb> contexts, IConfiguration configuration, LiveKeys keys, TimeProvider clock, ILogger<BootstrapKey> log) : IHostedService
{
    public const string Setting = "OPSCONSOLE_BOOTSTRAP_KEY";
    public const string SourceName = "bootstrap";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration[Setting] is not { Length: > 0 } key)
        {
            return;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            await Save(db, key, cancellationToken);
        }
        catch (DbUpdateException failure) when (db.Dialect.IsDuplicateKey(failure))
        {
            // Another node does the same at this moment.
            db.ChangeTracker.Clear();
            await Save(db, key, cancellationToken);
        }

        keys.Forget();
        log.BootstrapReady();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task Save(OpsDb db, string key, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var source = await db.Sources.SingleOrDefaultAsync(s => s.Name == SourceName, cancellationToken);
        if (source is null)
        {
            source = new Source { Id = Guid.CreateVersion7(now), Name = SourceName, CreatedAt = now };
            db.Sources.Add(source);
        }

        (source.Scopes, source.CloudEventSources, source.Units, source.Disabled) = (KeyScopes.All, [], [], false);
        var hash = LiveKeys.HashOf(key);
        var known = await db.SourceKeys.Where(k => k.SourceId == source.Id).ToListAsync(cancellationToken);
        foreach (var old in known)
        {
            old.RevokedAt = old.Hash.AsSpan().SequenceEqual(hash) ? null : old.RevokedAt ?? now;
        }

        if (!known.Exists(k => k.Hash.AsSpan().SequenceEqual(hash)))
        {
            db.SourceKeys.Add(new SourceKey { Id = Guid.CreateVersion7(now), SourceId = source.Id, Hash = hash, Tail = key.Length > 8 ? key[^4..] : "env", CreatedAt = now });
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
