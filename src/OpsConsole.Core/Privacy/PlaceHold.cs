using OpsConsole.Access;
using OpsConsole.Audit;
using OpsConsole.Cases;
using OpsConsole.Events;
using OpsConsole.Storage;

namespace OpsConsole.Privacy;

/// <summary>What is to be held: an exception, or an object, or all of a unit that was known between two days.</summary>
/// <param name="Case">Its id or number.</param>
/// <param name="ObjectType">Of an object.</param>
/// <param name="ObjectId">Of an object.</param>
/// <param name="Unit">A business unit.</param>
/// <param name="From">First day (UTC).</param>
/// <param name="To">Last day (UTC).</param>
public sealed record HoldOn(string? Case = null, string? ObjectType = null, string? ObjectId = null, string? Unit = null, DateOnly? From = null, DateOnly? To = null);

/// <summary>Keeps something although its time will be over, until the hold is ended.</summary>
/// <param name="On">What.</param>
/// <param name="Reason">Why, in at least 10 characters.</param>
/// <param name="Actor">Who asks.</param>
public sealed record PlaceHold(HoldOn On, string Reason, Actor Actor) : IRequest<Outcome<HoldRow>>, IGuarded, IStepUp
{
    public Right Needs => Right.ManagePrivacy;
}

/// <summary>Lets it go its way again.</summary>
/// <param name="Id">The hold.</param>
/// <param name="Reason">Why, in at least 10 characters.</param>
/// <param name="Actor">Who asks.</param>
public sealed record EndHold(Guid Id, string Reason, Actor Actor) : IRequest<Outcome<HoldRow>>, IGuarded, IStepUp
{
    public Right Needs => Right.ManagePrivacy;
}

/// <param name="Said">What it holds, as people read it.</param>
public sealed record HoldRow(Guid Id, string Said, string Reason, DateTimeOffset PlacedAt, string PlacedBy, DateTimeOffset? EndedAt, string? EndedBy, string? EndReason)
{
    internal static HoldRow Of(LegalHold hold) => new(hold.Id, hold.Said, hold.Reason, hold.PlacedAt, hold.PlacedBy, hold.EndedAt, hold.EndedBy, hold.EndReason);
}

internal sealed class HoldHandler(OpsDb db, TimeProvider clock) : IRequestHandler<PlaceHold, Outcome<HoldRow>>, IRequestHandler<EndHold, Outcome<HoldRow>>
{
    public async Task<Outcome<HoldRow>> Handle(PlaceHold request, CancellationToken cancellationToken)
    {
        var reason = request.Reason.Trim();
        if (Wrong(reason) is { } refusal)
        {
            return refusal;
        }

        var made = await Made(request.On, reason, request.Actor, cancellationToken);
        if (made.Value is not { } hold)
        {
            return made.Refusal!;
        }

        db.LegalHolds.Add(hold);
        db.Audit.Add(AuditEntry.Of(request.Actor, "hold.place", hold.Said, reason, hold.PlacedAt, hold.Unit));
        return await db.CommitWith(HoldRow.Of(hold), cancellationToken);
    }

    public async Task<Outcome<HoldRow>> Handle(EndHold request, CancellationToken cancellationToken)
    {
        var reason = request.Reason.Trim();
        if (Wrong(reason) is { } refusal)
        {
            return refusal;
        }

        var hold = await db.LegalHolds.SingleOrDefaultAsync(h => h.Id == request.Id && h.EndedAt == null, cancellationToken);
        if (hold?.IsSeenIn(request.Actor.Scope) is not true)
        {
            return Refusal.NotFound("The hold");
        }

        (hold.EndedAt, hold.EndedBy, hold.EndReason) = (clock.GetUtcNow(), request.Actor.Name, reason);
        db.Audit.Add(AuditEntry.Of(request.Actor, "hold.end", hold.Said, reason, clock.GetUtcNow(), hold.Unit));
        return await db.CommitWith(HoldRow.Of(hold), cancellationToken);
    }

    private static Refusal? Wrong(string reason) => reason.Length is < RevealFields.ShortestReason or > RevealFields.LongestReason
        ? Refusal.Invalid("reason", $"must have {RevealFields.ShortestReason} to {RevealFields.LongestReason} characters")
        : null;

    private async Task<Outcome<LegalHold>> Made(HoldOn on, string reason, Actor actor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        switch (on)
        {
            case { Case.Length: > 0, ObjectId: null, Unit: null }:
                var found = await FindCaseHandler.Named(db.Cases.AsNoTracking(), on.Case).SingleOrDefaultAsync(cancellationToken);
                return found is null || !actor.Scope.Covers(found.Unit, entity: null)
                    ? Refusal.NotFound("The exception")
                    : new LegalHold { Id = Guid.CreateVersion7(now), Said = found.Name, CaseId = found.Id, Unit = found.Unit, Reason = reason, PlacedAt = now, PlacedBy = actor.Name };
            case { ObjectType.Length: > 0, ObjectId.Length: > 0, Case: null, Unit: null }:
                var spoken = Ids.OfObject(on.ObjectType, on.ObjectId);
                var known = (await ObjectNames.Resolve(db, [spoken], cancellationToken)).GetValueOrDefault(spoken);
                return known is null || !actor.Scope.Covers(known.Unit, entity: null)
                    ? Refusal.NotFound($"The {on.ObjectType} {on.ObjectId}")
                    : new LegalHold { Id = Guid.CreateVersion7(now), Said = $"{known.Type} {known.Id}", ObjectKey = known.Key, Unit = known.Unit, Reason = reason, PlacedAt = now, PlacedBy = actor.Name };
            case { Unit.Length: > 0, From: { } from, To: { } to, Case: null, ObjectId: null } when from <= to:
                return !actor.Scope.Covers(on.Unit, entity: null)
                    ? Refusal.NotFound($"The unit {on.Unit}")
                    : new LegalHold
                    {
                        Id = Guid.CreateVersion7(now), Said = FormattableString.Invariant($"{on.Unit}, {from:yyyy-MM-dd} to {to:yyyy-MM-dd}"), Unit = on.Unit, From = Day(from), Until = Day(to.AddDays(1)),
                        Reason = reason, PlacedAt = now, PlacedBy = actor.Name,
                    };
            default:
                return Refusal.Invalid("on", "must be an exception, or an object's type and id, or a unit with its first and last day");
        }
    }

    private static DateTimeOffset Day(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
