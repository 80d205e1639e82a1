using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpsConsole.Access;
using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Notify;
using OpsConsole.Storage;

namespace OpsConsole.Reports;

/// <summary>
/// Mails reports that are due. Each run asks anew who the owner is and what they and every recipient may see; the letters and the schedule's next moment are written in one transaction, so
/// that a run goes out once. Sending, trying again and giving up is the letters' business.
/// </summary>
public sealed class ReportWorker(
    IDbContextFactory<OpsDb> databases, IServiceScopeFactory scopes, WorkSignals bells, IOptions<MailOptions> mail, IOptions<NotifyOptions> notify, TimeProvider clock, ILogger<ReportWorker> log)
    : LeasedWorker(databases, new WorkSignal(), TimeSpan.FromSeconds(15), log)
{
    private const int Most = 5;

    protected override string LeaseName => "reports";

    protected override async Task<bool> Turn(long epoch, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (due, people) = await InTransaction(epoch, async db => (
            await db.ReportSchedules.AsNoTracking().Where(s => !s.Paused && s.NextAt <= now).OrderBy(s => s.NextAt).ThenBy(s => s.Id).Take(Most).ToListAsync(cancellationToken),
            await db.People.AsNoTracking().Where(person => !person.Disabled).ToListAsync(cancellationToken)), cancellationToken);
        foreach (var schedule in due)
        {
            var run = await Run(schedule, people, cancellationToken);
            await InTransaction(epoch, db => Write(db, schedule, run, now, cancellationToken), cancellationToken);
            bells.Letters.Ring();
            log.ReportRan(schedule.Id, run.To.Count, run.Fault ?? "no fault");
        }

        return due.Count == Most;
    }

    private async Task<ReportRun> Run(ReportSchedule schedule, List<Person> people, CancellationToken cancellationToken)
    {
        var owner = people.Find(person => person.Id == schedule.OwnerId)?.ToActor();
        if (owner is null || !owner.Can(Right.ReadBoard))
        {
            return new ReportRun(null, null, [], "Its owner may no longer read the board: it is paused", Ends: true);
        }

        var filter = schedule.Narrowed();
        var asked = people.FindAll(person => schedule.Recipients.Contains(person.Id.ToString()) && !string.IsNullOrEmpty(person.Email));
        var to = asked.FindAll(person => Reports.MaySee(person, owner, filter));
        if (to.Count == 0)
        {
            return new ReportRun(owner, null, [], "None of its recipients may see what it holds");
        }

        await using var scope = scopes.CreateAsyncScope();
        var printed = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new PrintBoard(filter, schedule.Forms, owner), cancellationToken);
        return printed.Value is { } board
            ? new ReportRun(owner, board, to, !mail.Value.IsSet ? "No mail server is set (Mail:Host)" : to.Count < schedule.Recipients.Count ? $"{schedule.Recipients.Count - to.Count} of its recipients may not see what it holds" : null)
            : new ReportRun(owner, null, [], printed.Refusal!.Message);
    }

    private async Task<int> Write(OpsDb db, ReportSchedule seen, ReportRun run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = await db.ReportSchedules.SingleOrDefaultAsync(s => s.Id == seen.Id && s.Version == seen.Version && s.NextAt == seen.NextAt, cancellationToken);
        if (row is null)
        {
            return 0;
        }

        (row.NextAt, row.LastAt, row.Fault, row.Paused) = (ReportTime.Next(row.Pace, row.Day, row.Minute, row.Zone, now), now, run.Fault, run.Ends);
        if (run is not { Board: { } board, Owner: { } owner } || !mail.Value.IsSet)
        {
            return 0;
        }

        foreach (var person in run.To)
        {
            var id = Guid.CreateVersion7(now);
            db.NoticeLetters.Add(new NoticeLetter
            {
                Id = id, Recipient = Notice.ToPerson(person.Id), Address = person.Email!, Subject = $"{row.Name}, as of {SheetLine.Moment(board.Sheet.AsOf)}", Body = Body(row, board.Sheet, owner.Name), MadeAt = now, DueAt = now,
                Files = [.. board.Files.Select(file => new LetterFile { LetterId = id, Name = file.Name, ContentType = file.ContentType, Bytes = file.Bytes })],
            });
        }

        db.Audit.Add(AuditEntry.Of(owner, "report.mailed", $"report {row.Id}", $"{row.Name}, to {string.Join(", ", run.To.Select(person => person.Email))}", now, row.Narrowed().Unit));
        return run.To.Count;
    }

    private string Body(ReportSchedule row, BoardSheet sheet, string owner) => string.Join('\n', [
        .. ReportCells.About(sheet).Select(line => $"{line.Label}: {line.Value}"), "",
        .. sheet.Groups[0].Lines.Select(line => $"{line.Title}: {line.Say(line.Value, sheet.Currency)}{(line.Status.Length > 0 ? $" ({line.Status})" : "")}"), "",
        $"{owner} has this sent, {Reports.Say(row)}; it holds what {owner} may see. It is changed or ended at {notify.Value.Url}/board/reports",
    ]);

    /// <param name="Owner">In whose name; nothing: nobody's any more.</param>
    /// <param name="Board">What was printed; nothing: it could not be.</param>
    /// <param name="To">Who may have it.</param>
    /// <param name="Fault">What was wrong.</param>
    /// <param name="Ends">It does not run again by itself.</param>
    private sealed record ReportRun(Actor? Owner, PrintedBoard? Board, IReadOnlyList<Person> To, string? Fault, bool Ends = false);
}

/// <summary>Every sentence that this room writes to the log. Ids 2900-2949 belong to it.</summary>
internal static partial class ReportsLog
{
    [LoggerMessage(2901, LogLevel.Information, "Report {ReportId} ran for {Recipients} recipients: {Fault}")]
    public static partial void ReportRan(this ILogger log, Guid reportId, int recipients, string fault);
}

public static class ReportsSetup
{
    /// <summary>Printed boards and the worker that mails them.</summary>
    public static IServiceCollection AddReports(this IServiceCollection services) => services.AddHostedService<ReportWorker>();
}
