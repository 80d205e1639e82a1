using OpsConsole.Storage;

namespace OpsConsole.Cases.Team;

/// <summary>The caller's own notices, latest first, of exceptions that they may still see.</summary>
/// <param name="UnreadOnly">Only what they have not seen.</param>
/// <param name="Take">At most <see cref="Longest"/>.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ListNotices(bool UnreadOnly, int Take, Actor Actor) : IRequest<Outcome<NoticeList>>, IGuarded
{
    public const int Longest = 200;

    public Right Needs => Right.ReadCases;
}

/// <param name="Unread">How many in all, not only of this page.</param>
public sealed record NoticeList(IReadOnlyList<NoticeRow> Items, int Unread, int Total);

/// <param name="Case">Its name: EX-20418.</param>
/// <param name="Thing">What it is about: invoice INV-1001.</param>
/// <param name="Title">What happened to that.</param>
public sealed record NoticeRow(Guid Id, NoticeKind Kind, string Case, string Thing, string Title, string Text, DateTimeOffset At, bool Unread);

internal sealed class ListNoticesHandler(OpsDb db) : IRequestHandler<ListNotices, Outcome<NoticeList>>
{
    public async Task<Outcome<NoticeList>> Handle(ListNotices request, CancellationToken cancellationToken)
    {
        if (request.Take is < 1 or > ListNotices.Longest)
        {
            return Refusal.Invalid("take", $"must be 1 to {ListNotices.Longest}");
        }

        var me = request.Actor.Id;
        var mine =
            from notice in db.PersonalNotices.AsNoTracking()
            join @case in db.Cases.AsNoTracking().Seen(request.Actor.Scope) on notice.CaseId equals @case.Id
            where notice.PersonId == me
            select new { notice, @case.Number, @case.ObjectType, @case.ObjectId, @case.Title };
        var asked = request.UnreadOnly ? mine.Where(one => one.notice.ReadAt == null) : mine;
        var rows = await asked.OrderByDescending(one => one.notice.Id).Take(request.Take).ToListAsync(cancellationToken);
        return new NoticeList(
            [.. rows.Select(one => new NoticeRow(
                one.notice.Id, one.notice.Kind, $"EX-{one.Number}", $"{one.ObjectType} {one.ObjectId}", one.Title, one.notice.Text, one.notice.At, one.notice.ReadAt is null))],
            await mine.CountAsync(one => one.notice.ReadAt == null, cancellationToken),
            await asked.CountAsync(cancellationToken));
    }
}
