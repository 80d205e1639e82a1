using Microsoft.Extensions.Options;
using OpsConsole.Approvals;
using OpsConsole.Cases;
using OpsConsole.Contracts;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>The repair side of one exception: payloads, target, four eyes, attempts and proof.</summary>
public sealed record ShowRepair(Guid CaseId, Actor Actor) : IRequest<Outcome<RepairView>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Original">The message that failed, byte for byte as text but for what its contract hides from the caller; nothing: the event carried none.</param>
/// <param name="IsJson">The original is JSON, so every repair must be too.</param>
/// <param name="Versions">Repairs, oldest first.</param>
/// <param name="Current">What a replay would send now: the latest repair, else the original.</param>
/// <param name="CurrentVersion">Its number; 0 is the original.</param>
/// <param name="Target">Where it would go; nothing: no target is known.</param>
/// <param name="IdempotencyKey">The key that every attempt carries.</param>
/// <param name="NeedsApproval">The caller cannot send it alone.</param>
/// <param name="FourEyes">By which rules; none: nobody else is needed.</param>
/// <param name="ReportingCurrency">In this currency.</param>
/// <param name="Hash">SHA-256 of what would be sent and where: what an approval counts for.</param>
/// <param name="SubmittedHash">What was submitted, while it waits for approval.</param>
/// <param name="Replays">Latest first, each with its attempts.</param>
public sealed record RepairView(
    string? Original, bool IsJson, IReadOnlyList<PayloadRow> Versions, string? Current, int CurrentVersion, RepairTarget? Target, string? IdempotencyKey,
    bool NeedsApproval, IReadOnlyList<FourEyesReason> FourEyes, string ReportingCurrency, string? Hash, string? SubmittedHash, IReadOnlyList<ReplayRow> Replays);

/// <param name="Reason">A <see cref="RepairReasons"/> code.</param>
/// <param name="Contract">The contract that it was checked by, with its version; nothing: there was none.</param>
/// <param name="Raw">It was written as JSON, past what the contract locks.</param>
public sealed record PayloadRow(
    int Version, string Body, string Hash, string AuthorName, DateTimeOffset At, string Note, string Reason = RepairReasons.Other, string? Contract = null, int? ContractVersion = null, bool Raw = false);

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

internal sealed class ShowRepairHandler(OpsDb db, CaseDesk desk, RepairDesk repairs, FourEyes fourEyes, IOptions<ReportingOptions> reporting)
    : IRequestHandler<ShowRepair, Outcome<RepairView>>
{
    public async Task<Outcome<RepairView>> Handle(ShowRepair request, CancellationToken cancellationToken)
    {
        var found = await desk.Find(request.CaseId, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        var payload = await Payload.Read(db, @case, cancellationToken);
        var target = @case.ReplayTarget is { } name ? await db.Targets.AsNoTracking().SingleOrDefaultAsync(t => t.Name == name, cancellationToken) : null;
        var versions = await db.PayloadVersions.AsNoTracking().Where(p => p.CaseId == @case.Id).OrderBy(p => p.Version)
            .Select(p => new PayloadRow(p.Version, p.Body, p.Hash, p.AuthorName, p.At, p.Note, p.Reason, p.Contract, p.ContractVersion, p.Raw)).ToListAsync(cancellationToken);
        var veil = await repairs.Veil(@case, request.Actor, cancellationToken);
        var original = veil.Over(payload.Original);
        versions = versions.ConvertAll(version => version with { Body = veil.Over(version.Body, $"v{version.Version}")! });
        var verdict = await fourEyes.Foresee([payload.Judged(@case)], request.Actor, cancellationToken);
        return new RepairView(
            original,
            payload.IsJson,
            versions,
            payload.Version == 0 ? original : versions.Find(version => version.Version == payload.Version)?.Body,
            payload.Version,
            Target(@case.ReplayTarget, target),
            Payload.KeyOf(@case),
            verdict.Needed,
            verdict.Reasons,
            reporting.Value.Currency,
            target is not null && payload.Current is { } body ? Payload.Hash(body, target) : null,
            @case.SubmittedHash,
            await Replays(@case.Id, veil, cancellationToken));
    }

    private static RepairTarget? Target(string? name, ReplayTarget? known) =>
        known is not null ? new RepairTarget(known.Name, known.Url, known.ReadBackUrl is not null, known.ProofSeconds, known.DownUntil, known.Disabled, true)
        : name is not null ? new RepairTarget(name, "", false, 0, null, false, false)
        : null;

    private async Task<IReadOnlyList<ReplayRow>> Replays(Guid id, FieldVeil veil, CancellationToken cancellationToken)
    {
        var items = await db.ReplayItems.AsNoTracking().Where(r => r.CaseId == id).OrderByDescending(r => r.CreatedAt).ToListAsync(cancellationToken);
        var attempts = await db.ReplayAttempts.AsNoTracking().Where(a => a.CaseId == id).OrderBy(a => a.Number).ToListAsync(cancellationToken);
        return
        [
            .. from item in items
               let sent = attempts.Where(a => a.ItemId == item.Id).Select(a =>
                   new AttemptRow(a.Number, a.At, a.Milliseconds, a.StatusCode, veil.Scrub(a.Answer), veil.Scrub(a.Fault), Convert.ToHexStringLower(a.TraceId)))
               select new ReplayRow(
                   item.Id, item.PayloadVersion, item.Target, item.IdempotencyKey, item.State, item.RequestedByName, item.ApprovedByName, item.CreatedAt,
                   item.DueAt, item.DeliveredAt, item.ProofDueAt, item.EndedAt, item.Finding, [.. sent]),
        ];
    }
}
