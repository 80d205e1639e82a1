using OpsConsole.Access;
using OpsConsole.Audit;
using OpsConsole.Storage;

namespace OpsConsole.Rights;

/// <summary>Who could do what and where at the end of a day (UTC): accounts, emergency access and keys, with what conflicts. For auditors, who ask of a date long past.</summary>
/// <param name="On">The day; today: now.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ReviewAccess(DateOnly On, Actor Actor) : IRequest<Outcome<AccessReview>>, IGuarded
{
    public Right Needs => Right.ReadAudit;
}

/// <summary>The same as a file: the audit tells who took it.</summary>
public sealed record ExportAccess(DateOnly On, Actor Actor) : IRequest<Outcome<AccessReview>>, IGuarded
{
    public Right Needs => Right.ReadAudit;
}

/// <param name="At">The moment that is told of (UTC).</param>
/// <param name="Since">When the console began to keep states: before it nothing is known.</param>
/// <param name="People">By name; closed accounts too.</param>
/// <param name="Emergencies">That held at some time of that day.</param>
/// <param name="Keys">That were alive.</param>
public sealed record AccessReview(
    DateTimeOffset At, DateTimeOffset? Since, IReadOnlyList<AccessReviewRow> People, IReadOnlyList<EmergencyReviewRow> Emergencies, IReadOnlyList<KeyReviewRow> Keys);

/// <param name="Since">When it was set so.</param>
/// <param name="By">Who set it so.</param>
/// <param name="Conflicts">What the roles should not be together, in words.</param>
/// <param name="InSpite">Why they were given all the same.</param>
public sealed record AccessReviewRow(
    Guid PersonId, string Email, string Name, Grant Grant, bool Disabled, DateTimeOffset Since, string By, IReadOnlyList<string> Conflicts, string? InSpite);

public sealed record EmergencyReviewRow(string Name, Grant Grant, string Reason, DateTimeOffset From, DateTimeOffset Until, string GivenBy, string? ReviewedBy);

/// <param name="Scopes">What the source's keys may be used for now.</param>
public sealed record KeyReviewRow(string Source, string Tail, string Scopes, string Units, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? UsedAt);

internal sealed class ReviewAccessHandler(OpsDb db, TimeProvider clock) : IRequestHandler<ReviewAccess, Outcome<AccessReview>>, IRequestHandler<ExportAccess, Outcome<AccessReview>>
{
    public async Task<Outcome<AccessReview>> Handle(ReviewAccess request, CancellationToken cancellationToken) => await Read(request.On, cancellationToken);

    public async Task<Outcome<AccessReview>> Handle(ExportAccess request, CancellationToken cancellationToken)
    {
        var review = await Read(request.On, cancellationToken);
        if (review.Value is { } found)
        {
            db.Audit.Add(AuditEntry.Of(request.Actor, "access.export", "access review", $"as of {found.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC, {found.People.Count} accounts", clock.GetUtcNow()));
            await db.SaveChangesAsync(cancellationToken);
        }

        return review;
    }

    private async Task<Outcome<AccessReview>> Read(DateOnly on, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var start = new DateTimeOffset(on, TimeOnly.MinValue, TimeSpan.Zero);
        if (start > now)
        {
            return Refusal.Invalid("on", "must be today or before");
        }

        var at = start.AddDays(1) < now ? start.AddDays(1) : now;
        var states = await db.AccessStates.AsNoTracking().Where(s => s.At <= at).OrderBy(s => s.At).ThenBy(s => s.Id).ToListAsync(cancellationToken);
        var since = await db.AccessStates.MinAsync(s => (DateTimeOffset?)s.At, cancellationToken);
        var emergencies = await db.EmergencyAccess.AsNoTracking().Where(e => e.From < at && e.Until > start).OrderBy(e => e.From).ToListAsync(cancellationToken);
        var rows = states.GroupBy(s => s.PersonId).Select(all => Row(all.Last())).OrderBy(row => row.Name, StringComparer.Ordinal).ThenBy(row => row.PersonId).ToList();
        var names = rows.ToDictionary(row => row.PersonId, row => row.Name);
        return new AccessReview(
            at, since, rows,
            [
                .. from one in emergencies
                   where one.EndedAt is not { } ended || ended > start
                   select new EmergencyReviewRow(names.GetValueOrDefault(one.PersonId) ?? one.PersonId.ToString(), new Grant(one.Roles, one.AllUnits, one.Units), one.Reason, one.From, one.EndedAt ?? one.Until, one.GivenBy, one.ReviewedBy),
            ],
            await Keys(at, cancellationToken));
    }

    private static AccessReviewRow Row(AccessState state) => new(
        state.PersonId, state.Email, state.Name, state.Grant, state.Disabled, state.At, state.By,
        [.. RoleConflict.In(state.Roles).Select(conflict => conflict.ToString())], state.InSpite);

    private async Task<IReadOnlyList<KeyReviewRow>> Keys(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var keys = await (
            from key in db.SourceKeys.AsNoTracking()
            join source in db.Sources.AsNoTracking() on key.SourceId equals source.Id
            where key.CreatedAt <= at && (key.RevokedAt == null || key.RevokedAt > at) && (key.ExpiresAt == null || key.ExpiresAt > at)
            select new { source.Name, source.Scopes, source.Units, key.Tail, key.CreatedAt, key.ExpiresAt, key.UsedAt }).ToListAsync(cancellationToken);
        return [.. keys.OrderBy(key => key.Name, StringComparer.Ordinal).ThenBy(key => key.CreatedAt)
            .Select(key => new KeyReviewRow(key.Name, key.Tail, $"{key.Scopes}", key.Units.Count == 0 ? "any unit" : string.Join(", ", key.Units), key.CreatedAt, key.ExpiresAt, key.UsedAt))];
    }
}
