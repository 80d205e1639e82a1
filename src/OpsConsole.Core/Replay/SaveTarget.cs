using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Outgoing;
using OpsConsole.Replay.Targets;
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
/// <param name="ReadBackUrl">Address that shows the object, with <c>{type}</c>, <c>{id}</c>, <c>{key}</c> (the idempotency key) or <c>{payload:FIELD}</c>.</param>
/// <param name="ProofSeconds">Seconds from delivery within which proof must come; 900 when absent.</param>
/// <param name="TimeoutSeconds">Seconds that one send may take; 30 when absent.</param>
/// <param name="Secret">Standard Webhooks secret (<c>whsec_…</c>); absent: the present one stays; empty: none.</param>
/// <param name="Disabled">Nothing is sent to it.</param>
/// <param name="RatePerSecond">The most sends a second, over all nodes; absent: as fast as it answers.</param>
/// <param name="Parallel">Sends that may be under way at once on one node; 8 when absent.</param>
/// <param name="BreakAfter">Sends in a row without an answer that count as "down"; 3 when absent.</param>
/// <param name="BreakSeconds">Seconds until a target that is down is asked again; 15 when absent.</param>
public sealed record TargetBody(
    string Url, string? Method = null, string? ReadBackUrl = null, int? ProofSeconds = null, int? TimeoutSeconds = null, string? Secret = null, bool Disabled = false,
    decimal? RatePerSecond = null, int? Parallel = null, int? BreakAfter = null, int? BreakSeconds = null);

internal sealed class SaveTargetHandler(OpsDb db, ISecretBox box, OutgoingRules outgoing, TimeProvider clock, WorkSignals bells) : IRequestHandler<SaveTarget, Outcome<TargetRow>>
{
    public async Task<Outcome<TargetRow>> Handle(SaveTarget request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var target = await db.Targets.SingleOrDefaultAsync(t => t.Name == request.Name, cancellationToken);
        if ((TargetRules.Wrong(request.Name, request.Body, target?.Kind ?? TargetKind.Http) ?? TargetRules.Outside(request.Body, outgoing)) is { } refusal)
        {
            return refusal;
        }

        if (target is { Kind: not TargetKind.Http } && request.Body.Url != target.Url)
        {
            return Refusal.Invalid("url", "belongs to a queue of the broker and is set by the configuration");
        }

        if (target is null)
        {
            target = new ReplayTarget { Name = request.Name, Url = request.Body.Url };
            db.Targets.Add(target);
        }

        target.Take(request.Body, box, now);
        db.Audit.Add(AuditEntry.Of(request.Actor, "target.save", $"target {request.Name}", $"{target.Method} {target.Url}", now));
        db.Changes.Add(new Change { Topic = LiveTopic.Settings, At = now });
        var saved = await db.CommitWith(target.ToRow(new Dictionary<ReplayState, int>()), cancellationToken);
        bells.Changes.Ring();
        return saved;
    }
}

internal static class TargetRules
{
    public const int LongestProof = 7 * 24 * 3600;
    public const int LongestSend = 60;
    public const int LargestParallel = 64;

    /// <summary>What is wrong with it, field by field; nothing when it can be saved.</summary>
    public static Refusal? Wrong(string name, TargetBody body, TargetKind kind = TargetKind.Http) =>
        name.Length is 0 or > 256 ? Refusal.Invalid("name", "must have 1 to 256 characters")
        : kind is TargetKind.Http && !IsHttp(body.Url) ? Refusal.Invalid("url", "must be an absolute http or https address without a user name")
        : body.ReadBackUrl is { Length: > 0 } read && !IsHttp(read) ? Refusal.Invalid("readBackUrl", "must be an absolute http or https address without a user name")
        : body.ReadBackUrl is { Length: > 0 } shown && Wrong(shown) is { } wrong ? Refusal.Invalid("readBackUrl", wrong)
        : body.Method is not (null or "POST" or "PUT" or "PATCH") ? Refusal.Invalid("method", "must be POST, PUT or PATCH")
        : body.ProofSeconds is < 1 or > LongestProof ? Refusal.Invalid("proofSeconds", $"must be 1 to {LongestProof}")
        : body.TimeoutSeconds is < 1 or > LongestSend ? Refusal.Invalid("timeoutSeconds", $"must be 1 to {LongestSend}")
        : body.Secret is { Length: > 0 } secret && !WebhookSignature.IsSecret(secret) ? Refusal.Invalid("secret", "must be whsec_ and base64 of 24 to 64 bytes")
        : body.RatePerSecond is < 0.01m or > 10_000 ? Refusal.Invalid("ratePerSecond", "must be 0.01 to 10,000")
        : body.Parallel is < 1 or > LargestParallel ? Refusal.Invalid("parallel", $"must be 1 to {LargestParallel}")
        : body.BreakAfter is < 1 or > 1_000 ? Refusal.Invalid("breakAfter", "must be 1 to 1,000")
        : body.BreakSeconds is < 1 or > 3_600 ? Refusal.Invalid("breakSeconds", "must be 1 to 3,600")
        : null;

    /// <summary>Why one of its addresses must not be called; nothing when they may.</summary>
    public static Refusal? Outside(TargetBody body, OutgoingRules outgoing) =>
        IsHttp(body.Url) && outgoing.WhyNot(new Uri(body.Url)) is { } no ? Refusal.Invalid("url", no)
        : body.ReadBackUrl is { Length: > 0 } read && outgoing.WhyNot(new Uri(read)) is { } never ? Refusal.Invalid("readBackUrl", never)
        : null;

    private static string? Wrong(string pattern) =>
        !Probe.Names(pattern) ? "must contain {id}, {key} or {payload:FIELD}"
        : Probe.Unknown(pattern) is { } place ? $"contains {place}; known are {{type}}, {{id}}, {{key}} and {{payload:FIELD}}"
        : null;

    public static void Take(this ReplayTarget target, TargetBody body, ISecretBox box, DateTimeOffset now)
    {
        (target.Url, target.Method) = (body.Url, body.Method ?? "POST");
        target.ReadBackUrl = body.ReadBackUrl is { Length: > 0 } read ? read : null;
        (target.ProofSeconds, target.TimeoutSeconds) = (body.ProofSeconds ?? 900, body.TimeoutSeconds ?? 30);
        target.ProtectedSecret = body.Secret is null ? target.ProtectedSecret : body.Secret.Length == 0 ? null : box.Protect(body.Secret);
        (target.RatePerSecond, target.Parallel) = (body.RatePerSecond, body.Parallel ?? ReplayTarget.UsualParallel);
        (target.BreakAfter, target.BreakSeconds) = (body.BreakAfter ?? ReplayTarget.UsualBreakAfter, body.BreakSeconds ?? ReplayTarget.UsualBreakSeconds);

        // Who changes it has looked after it: it is tried anew.
        (target.FailuresInRow, target.DownSince, target.NextAt) = (0, null, null);
        (target.Disabled, target.DownUntil, target.UpdatedAt) = (body.Disabled, null, now);
    }

    private static bool IsHttp(string? address) =>
        address is { Length: <= 2048 } && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0;
}
