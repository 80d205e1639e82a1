using OpsConsole.Access;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Notify;

/// <summary>Gathers notices: finds out who each is for, and makes one item of all that have one recipient, kind and cause.</summary>
public sealed class NoticeWorker(IDbContextFactory<OpsDb> databases, WorkSignals bells, TimeProvider clock, ILogger<NoticeWorker> log)
    : LeasedWorker(databases, bells.Notices, TimeSpan.FromSeconds(1), log)
{
    private const int Most = 1_000;
    private static readonly TimeSpan s_keep = TimeSpan.FromDays(30);
    private DateTimeOffset _sweptAt;

    protected override string LeaseName => "notices";

    protected override async Task<bool> Turn(long epoch, CancellationToken cancellationToken)
    {
        var gathered = await InTransaction(epoch, db => Gather(db, cancellationToken), cancellationToken);
        if (gathered > 0)
        {
            bells.Changes.Ring();
            bells.Letters.Ring();
            log.NoticesGathered(gathered);
        }

        if (clock.GetUtcNow() - _sweptAt > TimeSpan.FromHours(1))
        {
            _sweptAt = clock.GetUtcNow();
            await InTransaction(epoch, db => Sweep(db, cancellationToken), cancellationToken);
        }

        return gathered == Most;
    }

    private async Task<int> Gather(OpsDb db, CancellationToken cancellationToken)
    {
        var waiting = await db.Notices.AsNoTracking().Where(n => n.GatheredAt == null).OrderBy(n => n.At).ThenBy(n => n.Id).Take(Most).ToListAsync(cancellationToken);
        if (waiting.Count == 0)
        {
            return 0;
        }

        var now = clock.GetUtcNow();
        var people = await db.People.AsNoTracking().Where(p => !p.Disabled).ToListAsync(cancellationToken);
        var copies = waiting.SelectMany(notice => Copies(notice, people, now)).ToList();
        await db.Dialect.InsertMissing(db, [.. copies.OrderBy(notice => notice.Id)], cancellationToken);
        var ids = waiting.ConvertAll(notice => notice.Id);
        await db.Notices.Where(n => ids.Contains(n.Id)).ExecuteUpdateAsync(set => set.SetProperty(n => n.GatheredAt, now), cancellationToken);

        var meant = waiting.Where(notice => notice.Recipient.StartsWith("chat:", StringComparison.Ordinal) || IsForKnown(notice, people)).Concat(copies).ToList();
        await Write(db, meant, now, cancellationToken);
        return waiting.Count;
    }

    private static IEnumerable<Notice> Copies(Notice notice, List<Person> people, DateTimeOffset now) =>
        Notice.TryRole(notice.Recipient, out var role)
            ? people.Where(person => person.Roles.Contains(role) && MaySee(person, notice)).Select(person => notice.For(Notice.ToPerson(person.Id), now))
            : [];

    private static bool IsForKnown(Notice notice, List<Person> people) =>
        Notice.TryPerson(notice.Recipient, out var id) && people.Find(person => person.Id == id) is { } person && MaySee(person, notice);

    private static bool MaySee(Person person, Notice notice) => notice.Unit is null || person.ToActor().Scope.Covers(notice.Unit, notice.LegalEntity);

    private static async Task Write(OpsDb db, List<Notice> meant, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (meant.Count == 0)
        {
            return;
        }

        var groups = meant.GroupBy(notice => (notice.Recipient, notice.Kind, notice.Cause)).ToList();
        var ids = groups.ConvertAll(group => NoticeItem.IdOf(group.Key.Recipient, group.Key.Kind, group.Key.Cause));
        var known = await db.NoticeItems.AsNoTracking().Where(item => ids.Contains(item.Id)).ToDictionaryAsync(item => item.Id, cancellationToken);
        var since = known.Values.Where(item => item.ReadAt is null).Select(item => item.FirstAt).Concat(meant.Select(notice => notice.At)).Min();
        var recipients = groups.Select(group => group.Key.Recipient).Distinct().ToList();
        var causes = groups.Select(group => group.Key.Cause).Distinct().ToList();
        var rows = (await db.Notices.AsNoTracking().Where(n => recipients.Contains(n.Recipient) && causes.Contains(n.Cause) && n.At >= since && n.GatheredAt != null).ToListAsync(cancellationToken))
            .ToLookup(notice => (notice.Recipient, notice.Kind, notice.Cause));
        var people = recipients.Where(recipient => Notice.TryPerson(recipient, out _)).Select(recipient => Guid.Parse(recipient["person:".Length..])).ToList();
        var wishes = await db.NoticeWishes.AsNoTracking().Where(wish => people.Contains(wish.PersonId)).ToDictionaryAsync(wish => wish.PersonId, cancellationToken);
        var items = groups.ConvertAll(group =>
        {
            var before = known.GetValueOrDefault(NoticeItem.IdOf(group.Key.Recipient, group.Key.Kind, group.Key.Cause));
            return Item([.. group], before, rows[group.Key], wishes, now);
        });
        await db.Dialect.Upsert(db, [.. items.OrderBy(item => item.Id)], cancellationToken);
        await db.Dialect.Insert(db, [.. people.Select(person => new Change { Topic = LiveTopic.Notices, Subject = person, At = now })], cancellationToken);
    }

    private static NoticeItem Item(List<Notice> fresh, NoticeItem? before, IEnumerable<Notice> rows, Dictionary<Guid, NoticeWish> wishes, DateTimeOffset now)
    {
        var latest = fresh.MaxBy(notice => notice.At)!;
        var goesOn = before is { ReadAt: null };
        var since = goesOn ? before!.FirstAt : fresh.Min(notice => notice.At);
        var all = rows.Where(notice => notice.At >= since).ToList();
        var count = all.DistinctBy(notice => notice.Subject ?? notice.Id).Count();
        var urgent = all.Exists(notice => notice.Urgent);
        var due = Due(latest, urgent, wishes, now);
        return new NoticeItem
        {
            Id = NoticeItem.IdOf(latest.Recipient, latest.Kind, latest.Cause), Recipient = latest.Recipient, Unit = latest.Unit, LegalEntity = latest.LegalEntity, Kind = latest.Kind, Cause = latest.Cause,
            Text = count > 1 ? latest.Several : latest.Text, Link = count > 1 ? latest.SeveralLink ?? latest.Link : latest.Link,
            Count = count, Sum = Sum(all), Urgent = urgent, FirstAt = since, LatestAt = latest.At,
            SendAt = goesOn && before!.SendAt < due ? before.SendAt : due,
        };
    }

    private static decimal? Sum(List<Notice> all)
    {
        var worths = all.Where(notice => notice.Amount is not null).GroupBy(notice => notice.ObjectKey ?? notice.Subject ?? notice.Id).Select(one => one.Max(notice => notice.Amount!.Value)).ToList();
        return worths.Count == 0 ? null : worths.Sum();
    }

    private static DateTimeOffset? Due(Notice latest, bool urgent, Dictionary<Guid, NoticeWish> wishes, DateTimeOffset now) =>
        Notice.TryPerson(latest.Recipient, out var person)
            ? LetterTime.Due(wishes.GetValueOrDefault(person) ?? new NoticeWish { PersonId = person }, latest.Kind, urgent, now)
            : now + LetterTime.Calm;

    private async Task<int> Sweep(OpsDb db, CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - s_keep;
        await db.Notices.Where(n => n.GatheredAt < before).ExecuteDeleteAsync(cancellationToken);
        await db.NoticeLetters.Where(l => l.MadeAt < before && (l.SentAt != null || l.GivenUpAt != null)).ExecuteDeleteAsync(cancellationToken);
        return await db.NoticeItems.Where(n => n.ReadAt < before).ExecuteDeleteAsync(cancellationToken);
    }
}

/// <summary>Every sentence that this room writes to the log. Ids 2600-2699 belong to it.</summary>
internal static partial class NotifyLog
{
    [LoggerMessage(2601, LogLevel.Debug, "{Count} notices were gathered")]
    public static partial void NoticesGathered(this ILogger log, int count);

    [LoggerMessage(2602, LogLevel.Information, "{Made} letters were made, {Sent} sent, {Failed} failed")]
    public static partial void LettersSent(this ILogger log, int made, int sent, int failed);
}
