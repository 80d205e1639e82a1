using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Cases.Team;

/// <summary>The caller has seen their notices.</summary>
/// <param name="UpTo">This one and all before it; nothing: all.</param>
/// <param name="CaseId">Only those of one exception; nothing: of all.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ReadNotices(Guid? UpTo, Guid? CaseId, Actor Actor) : IRequest<Outcome<NoticesRead>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

public sealed record NoticesRead(int Count);

internal sealed class ReadNoticesHandler(OpsDb db, TimeProvider clock, WorkSignals bells) : IRequestHandler<ReadNotices, Outcome<NoticesRead>>
{
    public async Task<Outcome<NoticesRead>> Handle(ReadNotices request, CancellationToken cancellationToken)
    {
        var (me, now) = (request.Actor.Id, clock.GetUtcNow());
        var unread = db.PersonalNotices.Where(n => n.PersonId == me && n.ReadAt == null);
        unread = request.CaseId is { } @case ? unread.Where(n => n.CaseId == @case) : unread;
        if (request.UpTo is { } last)
        {
            var until = await db.PersonalNotices.Where(n => n.Id == last && n.PersonId == me).Select(n => (DateTimeOffset?)n.At).SingleOrDefaultAsync(cancellationToken);
            unread = unread.Where(n => n.At <= until);
        }

        var count = await unread.ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now), cancellationToken);
        if (count > 0 && Guid.TryParse(me, out var person))
        {
            db.Changes.Add(new Change { Topic = LiveTopic.Notices, Subject = person, At = now });
            await db.SaveChangesAsync(cancellationToken);
            bells.Changes.Ring();
        }

        return new NoticesRead(count);
    }
}
