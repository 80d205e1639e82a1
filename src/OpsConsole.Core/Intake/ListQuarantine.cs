using System.Globalization;
using OpsConsole.Sources;
using OpsConsole.Storage;

namespace OpsConsole.Intake;

/// <summary>What was refused and why, newest first.</summary>
/// <param name="State">Nothing: any.</param>
/// <param name="Reason">A stable word; nothing: any.</param>
/// <param name="Source">A source's name; nothing: any.</param>
/// <param name="Field">The field at fault; nothing: any.</param>
/// <param name="Type">The CloudEvents type; nothing: any.</param>
/// <param name="After">The last answer's <c>next</c>.</param>
/// <param name="Take">How many.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ListQuarantine(QuarantineState? State, string? Reason, string? Source, string? Field, string? Type, string? After, int Take, Actor Actor) : IRequest<Outcome<QuarantinePage>>, IGuarded
{
    public Right Needs => Right.ReadSources;
}

/// <summary>One page of refused facts, and beside them what was stored but cannot be folded.</summary>
public sealed record QuarantinePage(IReadOnlyList<QuarantineRow> Items, long Total, string? Next, IReadOnlyList<ReasonCount> Reasons, IReadOnlyList<ParkedRow> Parked);

/// <summary>A stored fact that no fold can take; the latest hundred are shown.</summary>
public sealed record ParkedRow(string Id, string EventSource, string EventId, string Type, string ObjectId, string Reason, DateTimeOffset ParkedAt);

/// <summary>How many open rows have one reason.</summary>
public sealed record ReasonCount(string Reason, int Count);

/// <summary>One refused fact, without its bytes.</summary>
public sealed record QuarantineRow(
    Guid Id, string Kind, string Source, string Reason, string Message, string? EventSource, string? EventId, string ContentType, int Size, int Seen,
    QuarantineState State, DateTimeOffset ReceivedAt, DateTimeOffset? SettledAt, string? SettledBy);

internal sealed class ListQuarantineHandler(OpsDb db) : IRequestHandler<ListQuarantine, Outcome<QuarantinePage>>
{
    private const int Most = 500;
    private const int MostParked = 100;

    public async Task<Outcome<QuarantinePage>> Handle(ListQuarantine request, CancellationToken cancellationToken)
    {
        var seen = (await db.Sources.AsNoTracking().ToListAsync(cancellationToken)).Where(request.Actor.Sees).ToDictionary(source => source.Id, source => source.Name);
        var senders = seen.Where(source => request.Source is null || source.Value == request.Source).Select(source => source.Key).ToArray();
        var rows = db.Quarantine.AsNoTracking().Where(q => senders.Contains(q.SenderId));
        var reasons = await rows.Where(q => q.State == QuarantineState.Open).GroupBy(q => q.Reason).Select(q => new { q.Key, Count = q.Count() }).ToListAsync(cancellationToken);
        rows = rows.Where(q => (request.State == null || q.State == request.State) && (request.Reason == null || q.Reason == request.Reason)
            && (request.Field == null || q.Field == request.Field) && (request.Type == null || q.EventType == request.Type));
        var total = await rows.LongCountAsync(cancellationToken);
        if (Place(request.After) is { } place)
        {
            rows = rows.Where(q => q.ReceivedAt < place.At || (q.ReceivedAt == place.At && q.Id.CompareTo(place.Id) > 0));
        }

        var take = Math.Clamp(request.Take, 1, Most);
        var page = await rows.OrderByDescending(q => q.ReceivedAt).ThenBy(q => q.Id).Take(take + 1)
            .Select(q => new { q.Id, q.Kind, q.SenderId, q.Reason, q.Message, q.EventSource, q.EventId, q.ContentType, Size = q.Bytes.Length, q.Seen, q.State, q.ReceivedAt, q.SettledAt, q.SettledBy })
            .ToListAsync(cancellationToken);
        List<QuarantineRow> items =
        [
            .. page.Take(take).Select(q => new QuarantineRow(
                q.Id, q.Kind, seen[q.SenderId], q.Reason, q.Message, q.EventSource, q.EventId, q.ContentType, q.Size, q.Seen, q.State, q.ReceivedAt, q.SettledAt, q.SettledBy)),
        ];
        var next = page.Count > take ? string.Create(CultureInfo.InvariantCulture, $"{items[^1].ReceivedAt.UtcTicks}.{items[^1].Id:n}") : null;
        return new QuarantinePage(
            items, total, next, [.. reasons.OrderByDescending(r => r.Count).Select(r => new ReasonCount(r.Key, r.Count))], await Parked(senders, cancellationToken));
    }

    private async Task<IReadOnlyList<ParkedRow>> Parked(Guid[] senders, CancellationToken cancellationToken)
    {
        var parked = await (
            from fact in db.ParkedFacts.AsNoTracking()
            join stored in db.Events.AsNoTracking() on fact.EventKey equals stored.Key
            where senders.Contains(stored.SenderId)
            orderby fact.ParkedAt descending
            select new { fact.EventKey, stored.Source, stored.Id, stored.EntityType, stored.EntityId, fact.Reason, fact.ParkedAt }).Take(MostParked).ToListAsync(cancellationToken);
        return [.. parked.Select(p => new ParkedRow(Convert.ToHexStringLower(p.EventKey), p.Source, p.Id, p.EntityType, p.EntityId, p.Reason, p.ParkedAt))];
    }

    private static (DateTimeOffset At, Guid Id)? Place(string? after) =>
        after?.Split('.') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && at <= DateTime.MaxValue.Ticks && Guid.TryParseExact(id, "n", out var key)
            ? (new DateTimeOffset(at, TimeSpan.Zero), key)
            : null;
}
