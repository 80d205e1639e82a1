using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Sources;

/// <summary>Ends a key for good. Other nodes follow within seconds.</summary>
public sealed record RevokeKey(Guid KeyId, Actor Actor) : IRequest<Outcome<KeyView>>, IGuarded
{
    public Right Needs => Right.ManageSources;
}

internal sealed class RevokeKeyHandler(OpsDb db, TimeProvider clock, LiveKeys keys, WorkSignals signals, ILogger<RevokeKeyHandler> log) : IRequestHandler<RevokeKey, Outcome<KeyView>>
{
    public async Task<Outcome<KeyView>> Handle(RevokeKey request, CancellationToken cancellationToken)
    {
        var key = await db.SourceKeys.SingleOrDefaultAsync(k => k.Id == request.KeyId, cancellationToken);
        var source = key is null ? null : await db.Sources.SingleOrDefaultAsync(s => s.Id == key.SourceId, cancellationToken);
        if (key is null || source is null || !request.Actor.Sees(source))
        {
            return Refusal.NotFound("The key");
        }

        if (key.RevokedAt is not null)
        {
            return Refusal.Conflict("key.revoked", "The key was revoked before.");
        }

        var now = clock.GetUtcNow();
        key.RevokedAt = now;
        db.Audit.Add(AuditEntry.Of(request.Actor, "key.revoke", $"source {source.Name}", $"key ending {key.Tail}", now));
        db.Changes.Add(new Change { Topic = LiveTopic.Intake, At = now });
        var saved = await db.CommitWith(key.ToView(now), cancellationToken);
        keys.Forget();
        signals.Changes.Ring();
        if (saved.Accepted)
        {
            log.KeyRevoked(request.Actor.Id, source.Name, key.Tail);
        }

        return saved;
    }
}
