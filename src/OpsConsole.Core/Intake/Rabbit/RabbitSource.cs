using OpsConsole.Sources;
using OpsConsole.Storage;

namespace OpsConsole.Intake.Rabbit;

/// <summary>The registered source in whose name the broker's messages come in. It needs no key; its scopes, units and CloudEvents sources hold as for one.</summary>
internal sealed class RabbitSource(IDbContextFactory<OpsDb> contexts, string name, TimeProvider clock)
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(3);

    private Sender? _known;
    private long _knownAt;

    public string Name => name;

    /// <summary>As it stands in the database, made when it is missing; nothing when it may not send.</summary>
    public async Task<Sender?> Find(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var source = await db.Sources.AsNoTracking().SingleOrDefaultAsync(s => s.Name == Name, cancellationToken) ?? await Make(db, cancellationToken);
        _known = source.Disabled || !source.Scopes.HasFlag(KeyScopes.Events) ? null : Sender.Of(source);
        _knownAt = clock.GetTimestamp();
        return _known;
    }

    /// <summary>The same as it stood a few seconds ago at most; while the database is away, as it was known last.</summary>
    public async ValueTask<Sender?> Current(CancellationToken cancellationToken)
    {
        if (clock.GetElapsedTime(_knownAt) < s_fresh)
        {
            return _known;
        }

        try
        {
            return await Find(cancellationToken);
        }
        catch (Exception failure) when (failure is System.Data.Common.DbException or InvalidOperationException or TimeoutException)
        {
            // What comes in now cannot be stored either: the queue's writer says so, and nothing is acknowledged.
            _knownAt = clock.GetTimestamp();
            return _known;
        }
    }

    private async Task<Source> Make(OpsDb db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var made = new Source { Id = Guid.CreateVersion7(now), Name = Name, Scopes = KeyScopes.Events, CreatedAt = now };
        db.Sources.Add(made);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return made;
        }
        catch (DbUpdateException failure) when (db.Dialect.IsDuplicateKey(failure))
        {
            // Another node made it at this moment.
            db.ChangeTracker.Clear();
            return await db.Sources.AsNoTracking().SingleAsync(s => s.Name == Name, cancellationToken);
        }
    }
}
