using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Sources.Hooks;
using OpsConsole.Storage;

namespace OpsConsole.Sources;

/// <summary>
/// Gives a source a secret for its web-hooks. The one before stays alive beside it, so that the sender can change over; the one before that
/// dies. With <paramref name="End"/> the one before ends at once, or, when there is none, the only one: then it sends no web-hooks any more.
/// </summary>
/// <param name="SourceId">Whose.</param>
/// <param name="Secret">As the vendor shows it; nothing: a new one is made.</param>
/// <param name="End">End the older of the two.</param>
/// <param name="Actor">Who asks.</param>
public sealed record SetHookSecret(Guid SourceId, string? Secret, bool End, Actor Actor) : IRequest<Outcome<HookSecret>>, IGuarded
{
    public Right Needs => Right.ManageSources;

    /// <summary>The code of a <see cref="HookScheme"/>; nothing: as it is. Another one ends the secrets that were alive: they were another vendor's.</summary>
    public string? Scheme { get; init; }
}

/// <param name="Source">Whose.</param>
/// <param name="Address">Where its web-hooks come in, below the console's address.</param>
/// <param name="Secret">Shown this once, when one was made; nothing when one was given or ended.</param>
/// <param name="Alive">How many secrets are alive.</param>
public sealed record HookSecret(string Source, string Address, string? Secret, int Alive);

internal sealed class SetHookSecretHandler(OpsDb db, ISecretBox box, LiveKeys keys, TimeProvider clock, WorkSignals signals, ILogger<SetHookSecretHandler> log)
    : IRequestHandler<SetHookSecret, Outcome<HookSecret>>
{
    public async Task<Outcome<HookSecret>> Handle(SetHookSecret request, CancellationToken cancellationToken)
    {
        var source = await db.Sources.SingleOrDefaultAsync(s => s.Id == request.SourceId, cancellationToken);
        if (source is null || !request.Actor.Sees(source))
        {
            return Refusal.NotFound("The source");
        }

        if (HookSchemes.Find(request.Scheme ?? source.HookScheme) is not { } scheme)
        {
            return Refusal.Invalid("scheme", $"must be one of {string.Join(", ", HookSchemes.All.Select(known => known.Code))}");
        }

        if (request.Secret is { } given && !scheme.IsSecret(given))
        {
            return Refusal.Invalid("secret", $"must be {scheme.SecretForm}, as {scheme.Label} shows it");
        }

        if (request.End && source.HookSecret is null)
        {
            return Refusal.Conflict("hook.none", $"{source.Name} has no web-hook secret.");
        }

        if (scheme.Code != source.HookScheme)
        {
            (source.HookScheme, source.HookSecret, source.HookSecretBefore) = (scheme.Code, null, null);
        }

        var secret = request.End ? null : request.Secret ?? scheme.NewSecret();
        Turn(source, secret is null ? null : box.Protect(secret));
        var now = clock.GetUtcNow();
        var alive = (source.HookSecret is null ? 0 : 1) + (source.HookSecretBefore is null ? 0 : 1);
        db.Audit.Add(AuditEntry.Of(request.Actor, request.End ? "hook.end" : "hook.secret", $"source {source.Name}", $"{alive} web-hook secrets alive, signed as {scheme.Label} does", now));
        db.Changes.Add(new Change { Topic = LiveTopic.Intake, At = now });
        var saved = await db.CommitWith(new HookSecret(source.Name, $"/v1/hooks/{source.Name}", request.Secret is null ? secret : null, alive), cancellationToken);
        keys.Forget();
        signals.Changes.Ring();
        log.HookSecretSet(request.Actor.Id, source.Name);
        return saved;
    }

    /// <summary>The new one steps before the present one; with none the older of the two ends, or the only one.</summary>
    private static void Turn(Source source, string? kept)
    {
        if (kept is not null)
        {
            source.HookSecretBefore = source.HookSecret;
            source.HookSecret = kept;
        }
        else if (source.HookSecretBefore is not null)
        {
            source.HookSecretBefore = null;
        }
        else
        {
            source.HookSecret = null;
        }
    }
}
