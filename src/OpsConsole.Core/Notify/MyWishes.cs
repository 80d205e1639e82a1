using System.Globalization;
using Microsoft.Extensions.Options;
using OpsConsole.Notify.Channels;
using OpsConsole.Storage;

namespace OpsConsole.Notify;

/// <summary>How the caller wants to be told.</summary>
public sealed record ShowNoticeWish(Actor Actor) : IRequest<Outcome<NoticeWishView>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Wish">As kept, or the default.</param>
/// <param name="Address">Where mail goes.</param>
/// <param name="MailIsSet">The console has a mail server.</param>
public sealed record NoticeWishView(NoticeWishBody Wish, string Address, bool MailIsSet);

/// <param name="DigestAt">As <c>08:00</c>, by the clocks of <paramref name="Zone"/>; so the quiet hours.</param>
/// <param name="QuietFrom">The same as <paramref name="QuietTo"/>: no quiet hours.</param>
/// <param name="Muted">Kinds that are not wanted by mail.</param>
public sealed record NoticeWishBody(MailWish Mail, string DigestAt, string QuietFrom, string QuietTo, bool QuietWeekends, bool UrgentAlways, string Zone, IReadOnlyList<string> Muted)
{
    internal static NoticeWishBody Of(NoticeWish wish) => new(
        wish.Mail, Time(wish.DigestAt), Time(wish.QuietFrom), Time(wish.QuietTo), wish.QuietWeekends, wish.UrgentAlways, wish.Zone, wish.Muted.Split(',', StringSplitOptions.RemoveEmptyEntries));

    private static string Time(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");
}

/// <summary>Sets how the caller wants to be told.</summary>
public sealed record SetNoticeWish(NoticeWishBody Wish, Actor Actor) : IRequest<Outcome<NoticeWishView>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <summary>Sends the caller a letter now, so that they see whether mail arrives.</summary>
public sealed record TryMail(Actor Actor) : IRequest<Outcome<MailTried>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

public sealed record MailTried(string Address);

internal sealed class ShowNoticeWishHandler(OpsDb db, IOptions<MailOptions> mail) : IRequestHandler<ShowNoticeWish, Outcome<NoticeWishView>>
{
    public async Task<Outcome<NoticeWishView>> Handle(ShowNoticeWish request, CancellationToken cancellationToken) =>
        await Wishes.Person(db, request.Actor, cancellationToken) is { } person
            ? new NoticeWishView(NoticeWishBody.Of(await db.NoticeWishes.AsNoTracking().SingleOrDefaultAsync(w => w.PersonId == person.Id, cancellationToken) ?? new NoticeWish { PersonId = person.Id }), person.Email ?? "", mail.Value.IsSet)
            : Wishes.Nobody;
}

internal sealed class SetNoticeWishHandler(OpsDb db, IOptions<MailOptions> mail) : IRequestHandler<SetNoticeWish, Outcome<NoticeWishView>>
{
    public async Task<Outcome<NoticeWishView>> Handle(SetNoticeWish request, CancellationToken cancellationToken)
    {
        if (await Wishes.Person(db, request.Actor, cancellationToken) is not { } person)
        {
            return Wishes.Nobody;
        }

        if (Wishes.Fault(request.Wish) is { } fault)
        {
            return fault;
        }

        var wish = await db.NoticeWishes.SingleOrDefaultAsync(w => w.PersonId == person.Id, cancellationToken);
        if (wish is null)
        {
            wish = new NoticeWish { PersonId = person.Id };
            db.NoticeWishes.Add(wish);
        }

        var body = request.Wish;
        (wish.Mail, wish.QuietWeekends, wish.UrgentAlways, wish.Zone) = (body.Mail, body.QuietWeekends, body.UrgentAlways, body.Zone);
        (wish.DigestAt, wish.QuietFrom, wish.QuietTo) = (Wishes.Minutes(body.DigestAt)!.Value, Wishes.Minutes(body.QuietFrom)!.Value, Wishes.Minutes(body.QuietTo)!.Value);
        wish.Muted = string.Join(',', body.Muted.Distinct(StringComparer.Ordinal));
        return await db.CommitWith(new NoticeWishView(NoticeWishBody.Of(wish), person.Email ?? "", mail.Value.IsSet), cancellationToken);
    }
}

internal sealed class TryMailHandler(OpsDb db, IEnumerable<ILetterChannel> channels, TimeProvider clock) : IRequestHandler<TryMail, Outcome<MailTried>>
{
    public async Task<Outcome<MailTried>> Handle(TryMail request, CancellationToken cancellationToken)
    {
        if (await Wishes.Person(db, request.Actor, cancellationToken) is not { Email: { } address } person)
        {
            return Wishes.Nobody;
        }

        var now = clock.GetUtcNow();
        var letter = new NoticeLetter
        {
            Id = Guid.CreateVersion7(now), Recipient = Notice.ToPerson(person.Id), Address = address, Subject = "OpsConsole reaches you here", Body = "This is what you asked for on your notices' settings.", MadeAt = now, DueAt = now,
        };
        var fault = await channels.First(channel => channel.Serves(letter)).Deliver(letter, cancellationToken);
        return fault is null ? new MailTried(address) : Refusal.Unavailable("notify.mail", $"The mail was not taken: {fault}.");
    }
}

internal static class Wishes
{
    public static readonly Refusal Nobody = Refusal.Forbidden("Only people are told.");

    public static async Task<Access.Person?> Person(OpsDb db, Actor actor, CancellationToken cancellationToken) =>
        Guid.TryParse(actor.Id, out var id) ? await db.People.AsNoTracking().SingleOrDefaultAsync(person => person.Id == id, cancellationToken) : null;

    public static int? Minutes(string? time) => Calendars.WorkHours.Minutes(time) is { } minutes && LetterTime.IsTimeOfDay(minutes) ? minutes : null;

    public static Refusal? Fault(NoticeWishBody body) =>
        !Enum.IsDefined(body.Mail) ? Refusal.Invalid("mail", "must be off, digest or at-once")
        : Minutes(body.DigestAt) is null ? Refusal.Invalid("digestAt", "must be a time like 08:00")
        : Minutes(body.QuietFrom) is null || Minutes(body.QuietTo) is null ? Refusal.Invalid("quietFrom", "must be times like 19:00 to 07:00")
        : body.Zone is null || body.Zone.Length > Columns.Code || !TimeZoneInfo.TryFindSystemTimeZoneById(body.Zone, out _) ? Refusal.Invalid("zone", "must be an IANA time zone such as Europe/Berlin")
        : body.Muted is null || !body.Muted.All(kind => NoticeKinds.All.Any(known => known.Code == kind)) ? Refusal.Invalid("muted", $"must be some of {string.Join(", ", NoticeKinds.All.Select(kind => kind.Code))}")
        : null;
}
