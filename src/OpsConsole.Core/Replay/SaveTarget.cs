using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>Registers a target or changes it.</summary>
/// <param name="Name">As facts name it in <c>replayTarget</c>.</param>
/// <param name="Body">What it is.</param>
/// <param name="Actor">Who asks.</param>
public sealed record SaveTarget(string Name, TargetBody Body, Actor Actor) : IRequest<Outcome<TargetRow>>, IGuarded
{
    public Right Needs => Right.ManageRules;
}

/// <param name="Url">Absolute http or https address that takes the payload.</param>
/// <param name="Method">POST (when absent), PUT or PATCH.</param>
/// <param name="ReadBackUrl">Address that shows the object, with <c>{type}</c> and <c>{id}</c>.</param>
/// <param name="ProofSeconds">Seconds from delivery within which proof must come; 900 when absent.</param>
/// <param name="TimeoutSeconds">Seconds that one send may take; 30 when absent.</param>
/// <param name="Secret">Standard Webhooks secret (<c>whsec_…</c>); absent: the present one stays; empty: none.</param>
/// <param name="Disabled">Nothing is sent to it.</param>
public sealed record TargetBody(
    string Url, string? Method = null, string? ReadBackUrl = null, int? ProofSeconds = null, int? TimeoutSeconds = null, string? Secret = null, bool Disabled = false);

internal sealed class SaveTargetHandler(OpsDb db, ISecretBox box, TimeProvider clock, WorkSignals bells) : IRequestHandler<SaveTarget, Outcome<TargetRow>>
{
    public async Task<Outcome<TargetRow>> Handle(SaveTarget request, CancellationToken cancellationToken)
    {
        if (TargetRules.Wrong(request.Name, request.Body) is { } refusal)
        {
            return refusal;
        }

        var now = clock.GetUtcNow();
        var target = await db.Targets.SingleOrDefaultAsync(t => t.Name == request.Name, cancellationToken);
        if (target is null)
        {
            target = new ReplayTarget { Name = request.Name, Url = request.Body.Url };
            db.Targets.Add(target);
        }

        target.Take(request.Body, box, now);
        db.Audit.Add(AuditEntry.Of(request.Actor, "target.save", $"target {request.Name}", $"{target.Method} {target.Url}", now));
        db.Changes.Add(new Change { Topic = LiveTopic.Settings, At = now });
        var saved = await db.CommitWith(target.ToRow(0, 0), cancellationToken);
        bells.Changes.Ring();
        return saved;
    }
}

internal static class TargetRules
{
    public const int LongestProof = 7 * 24 * 3600;
    public const int LongestSend = 60;

    /// <summary>What is wrong with it, field by field; nothing when it can be saved.</summary>
    public static Refusal? Wrong(string name, TargetBody body) =>
        name.Length is 0 or > 256 ? Refusal.Invalid("name", "must have 1 to 256 characters")
        : !IsHttp(body.Url) ? Refusal.Invalid("url", "must be an absolute http or https address without a user name")
        : body.ReadBackUrl is { Length: > 0 } read && !IsHttp(read) ? Refusal.Invalid("readBackUrl", "must be an absolute http or https address without a user name")
        : body.ReadBackUrl is { Length: > 0 } shown && !shown.Contains("{id}", StringComparison.Ordinal) ? Refusal.Invalid("readBackUrl", "must contain {id}")
        : body.Method is not (null or "POST" or "PUT" or "PATCH") ? Refusal.Invalid("method", "must be POST, PUT or PATCH")
        : body.ProofSeconds is < 1 or > LongestProof ? Refusal.Invalid("proofSeconds", $"must be 1 to {LongestProof}")
        : body.TimeoutSeconds is < 1 or > LongestSend ? Refusal.Invalid("timeoutSeconds", $"must be 1 to {LongestSend}")
        : body.Secret is { Length: > 0 } secret && !WebhookSignature.IsSecret(secret) ? Refusal.Invalid("secret", "must be whsec_ and base64 of 24 to 64 bytes")
        : null;

    public static void Take(this ReplayTarget target, TargetBody body, ISecretBox box, DateTimeOffset now)
    {
        (target.Url, target.Method) = (body.Url, body.Method ?? "POST");
        target.ReadBackUrl = body.ReadBackUrl is { Length: > 0 } read ? read : null;
        (target.ProofSeconds, target.TimeoutSeconds) = (body.ProofSeconds ?? 900, body.TimeoutSeconds ?? 30);
        target.ProtectedSecret = body.Secret is null ? target.ProtectedSecret : body.Secret.Length == 0 ? null : box.Protect(body.Secret);
        (target.Disabled, target.DownUntil, target.UpdatedAt) = (body.Disabled, null, now);
    }

    private static bool IsHttp(string? address) =>
        address is { Length: <= 2048 } && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0;
}
