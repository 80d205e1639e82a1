using Microsoft.Extensions.Options;
using OpsConsole.Access;
using OpsConsole.Live;
using OpsConsole.Notify.Channels;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Notify;

/// <summary>
/// Makes letters of what waits to be told and sends them. A letter is written down before it is sent and marked afterwards: a console that is
/// killed between the two sends it again under the same message id, otherwise each goes out once.
/// </summary>
public sealed class LetterWorker(
    IDbContextFactory<OpsDb> databases, WorkSignals bells, IEnumerable<ILetterChannel> channels, IOptions<MailOptions> mail, IOptions<NotifyOptions> notify,
    IOptions<ReportingOptions> reporting, TimeProvider clock, ILogger<LetterWorker> log)
    : LeasedWorker(databases, bells.Letters, TimeSpan.FromSeconds(2), log)
{
    private const int MostItems = 2_000;
    private const int MostLetters = 20;
    private static readonly TimeSpan s_hold = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_giveUp = TimeSpan.FromDays(1);

    protected override string LeaseName => "letters";

    protected override async Task<bool> Turn(long epoch, CancellationToken cancellationToken)
    {
        var made = await InTransaction(epoch, db => Make(db, cancellationToken), cancellationToken);
        var letters = await InTransaction(epoch, db => Hold(db, cancellationToken), cancellationToken);
        var faults = await Task.WhenAll(letters.Select(letter => Deliver(letter, cancellationToken)));
        if (letters.Count > 0)
        {
            await InTransaction(epoch, db => Record(db, letters, faults, cancellationToken), cancellationToken);
            log.LettersSent(made, faults.Count(fault => fault is null), faults.Count(fault => fault is not null));
        }

        return letters.Count == MostLetters;
    }

    /// <summary>One letter for each recipient of whom something is due, with all that waits for them. What was read meanwhile is left out.</summary>
    private async Task<int> Make(OpsDb db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var recipients = await db.NoticeItems.AsNoTracking().Where(item => item.SendAt <= now).OrderBy(item => item.SendAt).Select(item => item.Recipient).Take(MostItems).ToListAsync(cancellationToken);
        if (recipients.Count == 0)
        {
            return 0;
        }

        recipients = [.. recipients.Distinct(StringComparer.Ordinal)];
        var items = await db.NoticeItems.Where(item => item.SendAt != null && recipients.Contains(item.Recipient)).OrderByDescending(item => item.Urgent).ThenBy(item => item.FirstAt).ToListAsync(cancellationToken);
        var people = await db.People.AsNoTracking().Where(person => !person.Disabled).ToDictionaryAsync(person => Notice.ToPerson(person.Id), StringComparer.Ordinal, cancellationToken);
        var text = new LetterText(reporting.Value.Currency, notify.Value.Url);
        var made = 0;
        foreach (var waiting in items.GroupBy(item => item.Recipient))
        {
            var unread = waiting.Where(item => item.ReadAt is null && MaySee(people.GetValueOrDefault(item.Recipient), item)).ToList();
            if (unread.Count > 0 && Address(waiting.Key, people) is { } address)
            {
                made++;
                db.NoticeLetters.Add(new NoticeLetter
                {
                    Id = Guid.CreateVersion7(now), Recipient = waiting.Key, Address = address, Subject = text.Subject(unread), Body = text.Body(unread), MadeAt = now, DueAt = now,
                });
            }
        }

        items.ForEach(item => item.SendAt = null);
        return made;
    }

    private static bool MaySee(Person? person, NoticeItem item) => item.Unit is null || person is null || person.ToActor().Scope.Covers(item.Unit, item.LegalEntity);

    // Without a mail server letters are not even written: they would pile up for nobody.
    private string? Address(string recipient, Dictionary<string, Person> people) =>
        Notice.Hook(recipient) ?? (mail.Value.IsSet ? people.GetValueOrDefault(recipient)?.Email : null);

    private async Task<List<NoticeLetter>> Hold(OpsDb db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = await db.NoticeLetters.Include(l => l.Files).Where(l => l.SentAt == null && l.GivenUpAt == null && l.DueAt <= now && (l.HeldUntil == null || l.HeldUntil <= now))
            .OrderBy(l => l.DueAt).Take(MostLetters).ToListAsync(cancellationToken);
        due.ForEach(letter => (letter.HeldUntil, letter.Attempts) = (now + s_hold, letter.Attempts + 1));
        return due;
    }

    private async Task<string?> Deliver(NoticeLetter letter, CancellationToken cancellationToken) =>
        channels.FirstOrDefault(channel => channel.Serves(letter)) is { } channel ? await channel.Deliver(letter, cancellationToken) : "no channel serves it";

    private async Task<int> Record(OpsDb db, List<NoticeLetter> letters, string?[] faults, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        for (var i = 0; i < letters.Count; i++)
        {
            var (letter, fault) = (letters[i], faults[i]);
            db.NoticeLetters.Attach(letter);
            letter.HeldUntil = null;
            letter.Fault = fault?.Length > Columns.Sentence ? fault[..Columns.Sentence] : fault;
            if (fault is null)
            {
                letter.SentAt = now;
            }
            else if (now - letter.MadeAt > s_giveUp)
            {
                letter.GivenUpAt = now;
            }
            else
            {
                var wait = TimeSpan.FromSeconds(5 * Math.Pow(2, Math.Min(letter.Attempts, 12)));
                letter.DueAt = now + (wait < s_longestWait ? wait : s_longestWait);
            }
        }

        return await db.SaveChangesAsync(cancellationToken);
    }
}
