using System.Linq.Expressions;
using OpsConsole.Storage;

namespace OpsConsole.Events;

/// <summary>Lists business objects within the caller's scope, the latest received first.</summary>
public sealed record FindObjects(ObjectFilter Filter, Actor Actor, string? After = null, int Take = 50) : IRequest<Outcome<Page<ObjectLine>>>, IGuarded
{
    public Right Needs => Right.ReadFacts;
}

/// <summary>What a list of objects is narrowed to. All that is given must hold.</summary>
/// <param name="Type">Exactly this type.</param>
/// <param name="Query">The beginning of an id or of a label, or an alias to the letter.</param>
/// <param name="Unit">Exactly this unit.</param>
/// <param name="Disagrees">Only those about which systems disagree: the reconciliation backlog.</param>
/// <param name="LegalEntity">Exactly this legal entity.</param>
/// <param name="Region">Exactly this region.</param>
/// <param name="Currency">Only amounts in this currency.</param>
public sealed record ObjectFilter(
    string? Type = null, string? Query = null, string? Unit = null, bool Disagrees = false, string? LegalEntity = null, string? Region = null, string? Currency = null)
{
    /// <summary>Only those about which systems disagree since before this moment.</summary>
    public DateTimeOffset? DisagreesBefore { get; init; }
}

/// <summary>One business object in a list.</summary>
public sealed record ObjectLine
{
    public required string Type { get; init; }
    public required string Id { get; init; }
    public string? Label { get; init; }
    public required string Unit { get; init; }
    public string? LegalEntity { get; init; }
    public Money? Amount { get; init; }
    public bool Disagrees { get; init; }
    public DateTimeOffset? DisagreesSince { get; init; }
    public int Facts { get; init; }
    public DateTimeOffset? LastAt { get; init; }
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>How many exceptions of it have not ended.</summary>
    public int OpenExceptions { get; init; }

    public IReadOnlyList<SystemWord> Systems { get; init; } = [];
}

/// <summary>One system's word about an object, in short.</summary>
public sealed record SystemWord(string System, string? State, SyncOutcome Outcome, DateTimeOffset Time);

internal sealed class FindObjectsHandler(OpsDb db) : IRequestHandler<FindObjects, Outcome<Page<ObjectLine>>>
{
    public async Task<Outcome<Page<ObjectLine>>> Handle(FindObjects request, CancellationToken cancellationToken)
    {
        var found = db.Objects.AsNoTracking().Seen(request.Actor.Scope).Matching(db, request.Filter);
        var total = await found.LongCountAsync(cancellationToken);
        var take = Cursor.Take(request.Take);
        var rows = await found.After(request.After)
            .OrderByDescending(o => o.ReceivedAt ?? DateTimeOffset.UnixEpoch).ThenBy(o => o.Key)
            .Take(take + 1)
            .Select(o => new { Object = o, Open = db.Cases.Count(c => c.ObjectKey == o.Key && c.EndedAt == null && c.MovedTo == null) })
            .ToListAsync(cancellationToken);
        var more = rows.Count > take;
        var shown = more ? rows[..take] : rows;
        var keys = shown.Select(row => row.Object.Key).ToList();
        var words = (await db.ObjectStates.AsNoTracking().Where(s => keys.Contains(s.ObjectKey))
                .Select(s => new { s.ObjectKey, Word = new SystemWord(s.System, s.State, s.Outcome, s.Time) }).ToListAsync(cancellationToken))
            .ToLookup(s => s.ObjectKey, s => s.Word);
        var last = shown.Count > 0 ? shown[^1].Object : null;
        return new Page<ObjectLine>(
            [.. shown.Select(row => Line(row.Object, row.Open, [.. words[row.Object.Key].OrderBy(word => word.System, StringComparer.Ordinal)]))],
            total,
            more ? Cursor.Of(last!.ReceivedAt ?? DateTimeOffset.UnixEpoch, last.Key) : null);
    }

    private static ObjectLine Line(BusinessObject found, int open, IReadOnlyList<SystemWord> systems) => new()
    {
        Type = found.Type,
        Id = found.Id,
        Label = found.Label,
        Unit = found.Unit,
        LegalEntity = found.LegalEntity,
        Amount = found.Money(),
        Disagrees = found.Disagrees,
        DisagreesSince = found.DisagreesSince,
        Facts = found.Facts,
        LastAt = found.LastAt,
        ReceivedAt = found.ReceivedAt,
        OpenExceptions = open,
        Systems = systems,
    };
}

/// <summary>The conditions that lists, searches and key figures share, so that a number and its rows cannot differ.</summary>
internal static class ObjectQueries
{
    public static IQueryable<BusinessObject> Seen(this IQueryable<BusinessObject> objects, Scope scope) =>
        scope.AllUnits ? objects : objects.Where(o => scope.Units.Contains(o.Unit));

    public static IQueryable<BusinessObject> Matching(this IQueryable<BusinessObject> objects, OpsDb db, ObjectFilter filter)
    {
        if (!string.IsNullOrEmpty(filter.Type))
        {
            objects = objects.Where(o => o.Type == filter.Type);
        }

        if (!string.IsNullOrEmpty(filter.Unit))
        {
            objects = objects.Where(o => o.Unit == filter.Unit);
        }

        if (filter.Disagrees)
        {
            objects = objects.Where(o => o.Disagrees);
        }

        if (filter.DisagreesBefore is { } before)
        {
            objects = objects.Where(o => o.Disagrees && o.DisagreesSince < before);
        }

        objects = filter.LegalEntity is { Length: > 0 } entity ? objects.Where(o => o.LegalEntity == entity) : objects;
        objects = filter.Region is { Length: > 0 } region ? objects.Where(o => o.Region == region) : objects;
        objects = filter.Currency is { Length: > 0 } currency ? objects.Where(o => o.Currency == currency) : objects;

        return filter.Query?.Trim() is { Length: > 0 } query ? objects.Where(Named(db, query)) : objects;
    }

    /// <summary>The beginning of its id (as typed, or in capitals) or label, or one of its other names to the letter.</summary>
    public static Expression<Func<BusinessObject, bool>> Named(OpsDb db, string query)
    {
        var (upper, label) = (query.ToUpperInvariant(), Cursor.Beginning(query.ToLowerInvariant()));
        return o => o.Id.StartsWith(query) || o.Id.StartsWith(upper)
            || (o.Label != null && EF.Functions.Like(o.Label.ToLower(), label, "\\"))
            || db.SaidNames.Any(n => n.Id == query && n.TargetSpokenKey == o.Key);
    }

    public static Money? Money(this BusinessObject found) =>
        found is { Amount: { } amount, Currency: { } currency } ? new Money(amount, currency) : null;

    public static IQueryable<BusinessObject> After(this IQueryable<BusinessObject> objects, string? cursor) =>
        Cursor.ReadPair(cursor) is not var (at, key)
            ? objects
            : objects.Where(o => (o.ReceivedAt ?? DateTimeOffset.UnixEpoch) < at
                || ((o.ReceivedAt ?? DateTimeOffset.UnixEpoch) == at && o.Key.CompareTo(key) > 0));
}
