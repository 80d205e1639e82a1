using Microsoft.Extensions.Options;
using OpsConsole.Access;
using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Rates;
using OpsConsole.Storage;
using OpsConsole.Storage.Past;

namespace OpsConsole.Close;

/// <summary>Signs a period off: the numbers as they were known a few seconds ago are kept with who says so.</summary>
/// <param name="Period">A month that is over, <c>2026-11</c>.</param>
/// <param name="Unit">Whose books.</param>
/// <param name="LegalEntity">Nothing: all of the unit's.</param>
/// <param name="Seen">The number of the latest sign-off that the caller saw; 0: none.</param>
/// <param name="Note">Needed while something is in the way: why it is closed all the same.</param>
/// <param name="Actor">Who signs. Never a key.</param>
public sealed record SignClose(string Period, string Unit, string? LegalEntity, int Seen, string Note, Actor Actor) : IRequest<Outcome<SignOff>>, IGuarded, IStepUp
{
    public Right Needs => Right.SignClose;
}

internal sealed class SignCloseHandler(OpsDb db, PastHorizon horizon, TimeProvider clock, WorkSignals bells, IOptions<ReportingOptions> reporting) : IRequestHandler<SignClose, Outcome<SignOff>>
{
    public async Task<Outcome<SignOff>> Handle(SignClose request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (Wrong(request, now) is { } refusal)
        {
            return refusal;
        }

        var period = ClosePeriod.Of(request.Period, now)!;
        var latest = await db.Snapshots.AsNoTracking().Of(period, request.Unit, request.LegalEntity).MaxAsync(s => (int?)s.Number, cancellationToken) ?? 0;
        if (latest != request.Seen)
        {
            return Refusal.Stale("This close");
        }

        // To the microsecond, which is what both databases keep: an as-of read of the moment as it is told finds the same rows.
        var at = new DateTimeOffset(horizon.Latest.UtcTicks / 10 * 10, TimeSpan.Zero);
        var read = await Figures(period, request, at, cancellationToken);
        if (read.Value is not { } figures)
        {
            return read.Refusal!;
        }

        return figures.IsClear || request.Note.Trim().Length > 0
            ? await Keep(period, request, figures, at, now, cancellationToken)
            : Refusal.Invalid("note", $"must say why it is closed while {figures.Exceptions} exceptions and {figures.Disagreements} disagreements are open");
    }

    private static Refusal? Wrong(SignClose request, DateTimeOffset now) =>
        ClosePeriod.Of(request.Period, now) is not { } period || string.IsNullOrEmpty(request.Period) ? Refusal.Invalid("period", "must be a month like 2026-11")
        : !request.Actor.Scope.Covers(request.Unit) ? Refusal.NotFound($"The unit {request.Unit}")
        : !request.Actor.Scope.Covers(request.Unit, request.LegalEntity) ? Refusal.Forbidden("You see only some of the unit's legal entities. Sign one of them off.")
        : request.Actor.Kind is not ActorKind.Person ? Refusal.Forbidden("A person signs off, never a key.")
        : request.Note.Length > Columns.Sentence ? Refusal.Invalid("note", $"must have at most {Columns.Sentence} letters")
        : now < period.To ? Refusal.Conflict("close.running", $"{period.Code} is not over. It can be signed off from {period.To:yyyy-MM-dd} (UTC) on.")
        : null;

    private async Task<Outcome<CloseFigures>> Figures(ClosePeriod period, SignClose request, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await horizon.WhyNot(at, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        await using var past = PastDb.Of(db, at);
        var rates = await RateTable.Read(past, reporting.Value.Currency, cancellationToken);
        return await CloseReading.Of(past, period, request.Unit, request.LegalEntity, request.Actor, rates, at, cancellationToken);
    }

    private async Task<Outcome<SignOff>> Keep(ClosePeriod period, SignClose request, CloseFigures figures, DateTimeOffset at, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var whose = request.LegalEntity is { } entity ? $"{request.Unit}, {entity}" : request.Unit;
        var kept = new Snapshot
        {
            Id = Guid.CreateVersion7(now),
            Kind = Snapshot.OfClose,
            Unit = request.Unit,
            LegalEntity = request.LegalEntity ?? "",
            Period = period.Code,
            Number = request.Seen + 1,
            Address = $"/close/{Uri.EscapeDataString(request.Unit)}?period={period.Code}" + (request.LegalEntity is { } named ? $"&legal-entity={Uri.EscapeDataString(named)}" : ""),
            AsOf = at,
            TakenAt = now,
            TakenBy = request.Actor.Id,
            TakenByName = request.Actor.Name,
            Note = request.Note.Trim(),
            Numbers = SignOffWords.Write(figures),
        };
        db.Snapshots.Add(kept);
        db.Audit.Add(AuditEntry.Of(
            request.Actor, "close.sign", $"close {period.Code} {whose}", FormattableString.Invariant($"{figures.Exceptions} exceptions, {figures.AtRisk:0.00} at risk, {figures.Disagreements} disagreements as of {at:O}. {kept.Note}"),
            now, request.Unit));
        db.Changes.Add(new Change { Topic = LiveTopic.Settings, Unit = request.Unit, Subject = kept.Id, At = now });
        var saved = await db.CommitWith(SignOffWords.Of(kept, figures), cancellationToken);
        bells.Changes.Ring();
        return saved;
    }
}
