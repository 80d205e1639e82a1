using System.Buffers.Text;
using System.Security.Cryptography;
using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Sources;

/// <summary>Makes a key for a source. Two may be alive at once, so that senders can change over.</summary>
public sealed record CreateKey(Guid SourceId, DateTimeOffset? ExpiresAt, Actor Actor) : IRequest<Outcome<NewKey>>, IGuarded
{
    public Right Needs => Right.ManageSources;
}

/// <summary>The only time that the key is shown: from here on only its hash is known.</summary>
public sealed record NewKey(Guid Id, string Source, string Key, string Tail, DateTimeOffset? ExpiresAt);

internal sealed class CreateKeyHandler(OpsDb db, TimeProvider clock, LiveKeys keys, WorkSignals signals, ILogger<CreateKeyHandler> log) : IRequestHandler<CreateKey, Outcome<NewKey>>
{
    private const int RandomBytes = 32;
    private const int MostAlive = 2;

    public async Task<Outcome<NewKey>> Handle(CreateKey request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var source = await db.Sources.SingleOrDefaultAsync(s => s.Id == request.SourceId, cancellationToken);
        if (source is null || !request.Actor.Sees(source))
        {
            return Refusal.NotFound("The source");
        }

        if (request.ExpiresAt <= now)
        {
            return Refusal.Invalid("expiresAt", "must lie in the future");
        }

        var alive = await db.SourceKeys.CountAsync(k => k.SourceId == source.Id && k.RevokedAt == null && (k.ExpiresAt == null || k.ExpiresAt > now), cancellationToken);
        if (alive >= MostAlive)
        {
            return Refusal.Conflict("key.too-many", $"{source.Name} has {alive} living keys. Revoke one first.");
        }

        var text = $"ock_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes))}";
        var key = new SourceKey { Id = Guid.CreateVersion7(now), SourceId = source.Id, Hash = LiveKeys.HashOf(text), Tail = text[^4..], CreatedAt = now, ExpiresAt = request.ExpiresAt };
        db.SourceKeys.Add(key);
        db.Audit.Add(AuditEntry.Of(request.Actor, "key.create", $"source {source.Name}", $"key ending {key.Tail}", now));
        db.Changes.Add(new Change { Topic = LiveTopic.Intake, At = now });
        var saved = await db.CommitWith(new NewKey(key.Id, source.Name, text, key.Tail, key.ExpiresAt), cancellationToken);
        keys.Forget();
        signals.Changes.Ring();
        if (saved.Accepted)
        {
            log.KeyMade(request.Actor.Id, source.Name, key.Tail);
        }

        return saved;
    }
}
