using OpsConsole.Storage;

namespace OpsConsole.Audit;

/// <summary>Who did what, latest first, within the caller's units; what concerns no unit (people, rules, keys) everybody with the right sees.</summary>
/// <param name="Filter">Which.</param>
/// <param name="After">The <see cref="AuditRows.Next"/> of the page before; nothing: from the latest.</param>
/// <param name="Take">How many, at most 500.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ListAudit(AuditFilter Filter, Guid? After, int Take, Actor Actor) : IRequest<Outcome<AuditRows>>, IGuarded
{
    public const int Longest = 500;

    public Right Needs => Right.ReadAudit;
}

/// <param name="By">A person's or a key's name, or a part of it.</param>
/// <param name="Action">The beginning of an action: <c>case</c>, <c>case.claim</c>.</param>
/// <param name="Subject">What it was done to, or the beginning of it.</param>
public sealed record AuditFilter(string? By = null, string? Action = null, string? Subject = null);

public sealed record AuditRows(IReadOnlyList<AuditRow> Items, int Total, Guid? Next);

public sealed record AuditRow(Guid Id, DateTimeOffset At, string ActorId, string ActorName, string Action, string Subject, string Detail, string? Unit);

internal sealed class ListAuditHandler(OpsDb db) : IRequestHandler<ListAudit, Outcome<AuditRows>>
{
    public async Task<Outcome<AuditRows>> Handle(ListAudit request, CancellationToken cancellationToken)
    {
        var seen = Seen(request);
        var total = await seen.CountAsync(cancellationToken);
        if (request.After is { } after)
        {
            if (await db.Audit.AsNoTracking().Where(a => a.Id == after).Select(a => (DateTimeOffset?)a.At).SingleOrDefaultAsync(cancellationToken) is not { } at)
            {
                return Refusal.Invalid("after", "must be the \"next\" of an answer");
            }

            seen = seen.Where(a => a.At < at || (a.At == at && a.Id.CompareTo(after) < 0));
        }

        var take = Math.Clamp(request.Take, 1, ListAudit.Longest);
        var rows = await seen.OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Take(take + 1)
            .Select(a => new AuditRow(a.Id, a.At, a.ActorId, a.ActorName, a.Action, a.Subject, a.Detail, a.Unit))
            .ToListAsync(cancellationToken);
        return new AuditRows([.. rows.Take(take)], total, rows.Count > take ? rows[take - 1].Id : null);
    }

    private IQueryable<AuditEntry> Seen(ListAudit request)
    {
        var (scope, units, filter) = (request.Actor.Scope, request.Actor.Scope.Units, request.Filter);
        var entries = db.Audit.AsNoTracking().Where(a => scope.AllUnits || a.Unit == null || units.Contains(a.Unit));
        if (filter.By is { Length: > 0 } by)
        {
            entries = entries.Where(a => a.ActorName.Contains(by));
        }

        if (filter.Action is { Length: > 0 } action)
        {
            entries = entries.Where(a => a.Action.StartsWith(action));
        }

        if (filter.Subject is { Length: > 0 } subject)
        {
            entries = entries.Where(a => a.Subject.StartsWith(subject));
        }

        return entries;
    }
}
