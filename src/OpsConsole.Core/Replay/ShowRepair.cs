namespace OpsConsole.Replay;

/// <summary>The repair side of one exception: payloads, target, four eyes, attempts and proof.</summary>
public sealed record ShowRepair(Guid CaseId, Actor Actor) : IRequest<Outcome<RepairView>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Original">The message that failed, byte for byte as text; nothing: the event carried none.</param>
/// <param name="IsJson">The original is JSON, so every repair must be too.</param>
/// <param name="Versions">Repairs, oldest first.</param>
/// <param name="Current">What a replay would send now: the latest repair, else the original.</param>
/// <param name="CurrentVersion">Its number; 0 is the original.</param>
/// <param name="Target">Where it would go; nothing: no target is known.</param>
/// <param name="IdempotencyKey">The key that every attempt carries.</param>
/// <param name="NeedsApproval">Four eyes are required.</param>
/// <param name="Threshold">Above this.</param>
/// <param name="ReportingCurrency">In this currency.</param>
/// <param name="Hash">SHA-256 of what would be sent and where: what an approval counts for.</param>
/// <param name="SubmittedHash">What was submitted, while it waits for approval.</param>
/// <param name="Replays">Latest first, each with its attempts.</param>
public sealed record RepairView(
    string? Original, bool IsJson, IReadOnlyList<PayloadRow> Versions, string? Current, int CurrentVersion, RepairTarget? Target, string? IdempotencyKey,
    bool NeedsApproval, decimal Threshold, string ReportingCurrency, string? Hash, string? SubmittedHash, IReadOnlyList<ReplayRow> Replays);

public sealed record PayloadRow(int Version, string Body, string Hash, string AuthorName, DateTimeOffset At, string Note);

/// <param name="Name">As registered.</param>
/// <param name="Url">Where to.</param>
/// <param name="CanReadBack">The target can be asked what it holds: dry run and proof by read-back.</param>
/// <param name="ProofSeconds">Within which proof must come.</param>
/// <param name="DownUntil">It does not answer; replays wait, parked.</param>
/// <param name="Known">False: a fact named it but nobody registered it.</param>
public sealed record RepairTarget(string Name, string Url, bool CanReadBack, int ProofSeconds, DateTimeOffset? DownUntil, bool Disabled, bool Known);

public sealed record ReplayRow(
    Guid Id, int PayloadVersion, string Target, string IdempotencyKey, ReplayState State, string RequestedByName, string? ApprovedByName, DateTimeOffset CreatedAt,
    DateTimeOffset DueAt, DateTimeOffset? DeliveredAt, DateTimeOffset? ProofDueAt, DateTimeOffset? EndedAt, string? Finding, IReadOnlyList<AttemptRow> Attempts);

/// <param name="TraceId">Hex: the trace under which it was sent.</param>
public sealed record AttemptRow(int Number, DateTimeOffset At, int Milliseconds, int? StatusCode, string? Answer, string? Fault, string TraceId);
