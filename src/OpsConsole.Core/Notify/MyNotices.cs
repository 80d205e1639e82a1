using Microsoft.Extensions.Options;
using OpsConsole.Live;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Notify;

/// <summary>What the caller was told, latest first, within their present scope.</summary>
/// <param name="Unread">Only what is unread.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
/// <param name="Take">How many, at most 500.</param>
/// <param name="Actor">Who asks: a person. A key is told nothing.</param>
public sealed record ListNotices(bool Unread, string? After, int Take, Actor Actor) : IRequest<Outcome<NoticeList>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Unread">How many items are unread.</param>
/// <param name="Currency">Of the sums.</param>
public sealed record NoticeList(IReadOnlyList<NoticeRow> Items, long Total, string? Next, int Unread, string Currency);

/// <param name="Text">The sentence; with several, what follows their number.</param>
/// <param name="Count">How many things it tells of.</param>
/// <param name="Sum">Their worth in the reporting currency.</param>
public sealed record NoticeRow(Guid Id, string Kind, string Text, string Link, int Count, decimal? Sum, bool Urgent, DateTimeOffset FirstAt, DateTimeOffset LatestAt, DateTimeOffset? ReadAt);

internal sealed class ListNoticesHandler(OpsDb db, IOptions<ReportingOptions> reporting) : IRequestHandler<ListNotices, Outcome<NoticeList>>
{
    public async Task<Outcome<NoticeList>> Handle(ListNotices request, CancellationToken cancellationToken)
    {
        if (request.Actor.Kind is not ActorKind.Person)
        {
            return Refusal.Forbidden("Only people are told.");
        }

        var mine = db.NoticeItems.AsNoTracking().Of(request.Actor);
        var unread = await mine.CountAsync(item => item.ReadAt == null, cancellationToken);
        var asked = request.Unread ? mine.Where(item => item.ReadAt == null) : mine;
        var total = request.Unread ? unread : await asked.LongCountAsync(cancellationToken);
        if (Cursor.ReadPair(request.After) is { } after)
        {
            asked = asked.Where(item => item.LatestAt < after.At || (item.LatestAt == after.At && item.Id.CompareTo(after.Key) < 0));
        }

        var take = Cursor.Take(request.Take);
        var rows = await asked.OrderByDescending(item => item.LatestAt).ThenByDescending(item => item.Id).Take(take + 1)
            .Select(n => new NoticeRow(n.Id, n.Kind, n.Text, n.Link, n.Count, n.Sum, n.Urgent, n.FirstAt, n.LatestAt, n.ReadAt)).ToListAsync(cancellationToken);
        var next = rows.Count > take ? Cursor.Of(rows[take - 1].LatestAt, rows[take - 1].Id) : null;
        return new NoticeList([.. rows.Take(take)], total, next, unread, reporting.Value.Currency);
    }
}

/// <summary>Marks what the caller has seen as read: one item, or all up to a moment, so that what came later stays unread.</summary>
public sealed record ReadNotices(Guid? Id, DateTimeOffset UpTo, Actor Actor) : IRequest<Outcome<NoticesRead>>, IGuarded
{
    /// <summary>Only those of one cause: what a page is about.</summary>
    public string? Cause { get; init; }

    public Right Needs => Right.ReadCases;
}

/// <param name="Unread">How many are left.</param>
public sealed record NoticesRead(int Unread);

internal sealed class ReadNoticesHandler(OpsDb db, TimeProvider clock, WorkSignals bells) : IRequestHandler<ReadNotices, Outcome<NoticesRead>>
{
    public async Task<Outcome<NoticesRead>> Handle(ReadNotices request, CancellationToken cancellationToken)
    {
        if (request.Actor.Kind is not ActorKind.Person)
        {
            return Refusal.Forbidden("Only people are told.");
        }

        var now = clock.GetUtcNow();
        var mine = db.NoticeItems.Of(request.Actor).Where(item => item.ReadAt == null);
        var (id, cause, upTo) = (request.Id, request.Cause, request.UpTo.ToUniversalTime());
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var read = await mine.Where(item => (id == null || item.Id == id) && (cause == null || item.Cause == cause) && item.LatestAt <= upTo)
            .ExecuteUpdateAsync(set => set.SetProperty(item => item.ReadAt, now).SetProperty(item => item.SendAt, (DateTimeOffset?)null), cancellationToken);
        if (read > 0)
        {
            db.Changes.Add(new Change { Topic = LiveTopic.Notices, Subject = Guid.Parse(request.Actor.Id), At = now });
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        bells.Changes.Ring();
        return new NoticesRead(await mine.CountAsync(cancellationToken));
    }
}

internal static class NoticeQueries
{
    /// <summary>What this person was told and may still see.</summary>
    public static IQueryable<NoticeItem> Of(this IQueryable<NoticeItem> items, Actor actor)
    {
        var (recipient, everything, units) = ($"person:{actor.Id}", actor.Scope.AllUnits, actor.Scope.Units);
        var told = items.Where(item => item.Recipient == recipient && (everything || item.Unit == null || units.Contains(item.Unit)));
        return actor.Scope.ByEntity ? told.Where(item => item.Unit == null || actor.Scope.Entities.Contains(item.LegalEntity)) : told;
    }
}
