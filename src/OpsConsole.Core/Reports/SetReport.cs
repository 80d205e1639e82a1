using System.Globalization;
using System.Text.Json;
using OpsConsole.Access;
using OpsConsole.Audit;
using OpsConsole.Kpis;
using OpsConsole.Storage;

namespace OpsConsole.Reports;

/// <summary>Sets a report that is mailed by schedule, in the name of whoever sets it; only they change it.</summary>
/// <param name="Id">Of the one to change; nothing: a new one.</param>
/// <param name="Version">The version that was seen of the one to change.</param>
/// <param name="Body">What it is to be.</param>
/// <param name="Actor">Who asks: a person.</param>
public sealed record SetReport(Guid? Id, int? Version, ReportBody Body, Actor Actor) : IRequest<Outcome<ReportLine>>, IGuarded
{
    public Right Needs => Right.ReadBoard;
}

/// <param name="Name">1 to 100 letters.</param>
/// <param name="Filter">What the board is narrowed to.</param>
/// <param name="Forms">One at least.</param>
/// <param name="Recipients">Mail addresses of people who are registered, may read the board, and may see all that the owner's report holds.</param>
/// <param name="Pace">How often.</param>
/// <param name="Day">Weekly: 0 (Sunday) to 6. Monthly: 1 to 31.</param>
/// <param name="Time">As <c>07:30</c>.</param>
/// <param name="Zone">IANA name: <c>Europe/Berlin</c>.</param>
/// <param name="Paused">It does not run for now.</param>
public sealed record ReportBody(
    string? Name, BoardFilter? Filter, IReadOnlyList<ReportForm>? Forms, IReadOnlyList<string>? Recipients, ReportPace Pace, int Day, string? Time, string? Zone, bool Paused = false);

/// <summary>Ends a report. Its owner may, and whoever manages rules.</summary>
public sealed record RemoveReport(Guid Id, Actor Actor) : IRequest<Outcome<Guid>>, IGuarded
{
    public Right Needs => Right.ReadBoard;
}

internal sealed class SetReportHandler(OpsDb db, TimeProvider clock) : IRequestHandler<SetReport, Outcome<ReportLine>>
{
    public async Task<Outcome<ReportLine>> Handle(SetReport request, CancellationToken cancellationToken)
    {
        var (body, now) = (request.Body, clock.GetUtcNow());
        if (request.Actor.Kind is not ActorKind.Person || !Guid.TryParse(request.Actor.Id, out var owner))
        {
            return Refusal.Forbidden("A report runs in a person's name: sign in to set one.");
        }

        if (Wrong(body, request.Actor, now) is { } refusal)
        {
            return refusal;
        }

        var people = await Reports.Recipients(db, body.Recipients!, cancellationToken);
        if (body.Recipients!.FirstOrDefault(address => !people.Exists(person => Reports.Has(person, address))) is { } unknown)
        {
            return Refusal.Invalid("recipients", $"{unknown} is nobody's registered address");
        }

        if (people.Find(person => !Reports.MaySee(person, request.Actor, body.Filter!)) is { } barred)
        {
            return Refusal.Invalid("recipients", $"{barred.Email} may not see all that this report holds");
        }

        var row = request.Id is { } id ? await db.ReportSchedules.SingleOrDefaultAsync(s => s.Id == id && s.OwnerId == owner, cancellationToken) : null;
        if (request.Id is not null && row is null)
        {
            return Refusal.NotFound("The report");
        }

        if (row is null && await db.ReportSchedules.CountAsync(s => s.OwnerId == owner, cancellationToken) >= ReportSchedule.MostOfOne)
        {
            return Refusal.Conflict("report.many", $"Nobody has more than {ReportSchedule.MostOfOne} reports; end one first.");
        }

        if (row is not null && request.Version is { } seen && seen != row.Version)
        {
            return Refusal.Stale("The report");
        }

        row = Written(row, owner, body, people, now);
        db.Audit.Add(AuditEntry.Of(request.Actor, "report.set", $"report {row.Id}", $"{row.Name}: {Reports.Say(row)}, to {string.Join(", ", people.Select(person => person.Email))}", now, body.Filter!.Unit));
        return await db.CommitWith(Reports.Line(row, request.Actor.Name, people), cancellationToken);
    }

    private ReportSchedule Written(ReportSchedule? row, Guid owner, ReportBody body, List<Person> people, DateTimeOffset now)
    {
        var minute = (int)TimeOnly.ParseExact(body.Time!, "HH:mm", CultureInfo.InvariantCulture).ToTimeSpan().TotalMinutes;
        var next = ReportTime.Next(body.Pace, body.Day, minute, body.Zone!, now);
        var filter = JsonSerializer.Serialize(body.Filter);
        List<ReportForm> forms = [.. body.Forms!.Distinct().Order()];
        List<string> recipients = [.. people.Select(person => person.Id.ToString())];
        if (row is null)
        {
            return db.ReportSchedules.Add(new ReportSchedule
            {
                Id = Guid.CreateVersion7(now), Name = body.Name!.Trim(), OwnerId = owner, Filter = filter, Forms = forms, Recipients = recipients, Pace = body.Pace, Day = body.Day, Minute = minute, Zone = body.Zone!,
                NextAt = next, Paused = body.Paused,
            }).Entity;
        }

        (row.Name, row.Filter, row.Forms, row.Recipients) = (body.Name!.Trim(), filter, forms, recipients);
        (row.Pace, row.Day, row.Minute, row.Zone, row.NextAt, row.Paused, row.Version) = (body.Pace, body.Day, minute, body.Zone!, next, body.Paused, row.Version + 1);
        return row;
    }

    private static Refusal? Wrong(ReportBody body, Actor actor, DateTimeOffset now) =>
        body.Name?.Trim() is not { Length: > 0 and <= ReportSchedule.LongestName } ? Refusal.Invalid("name", $"must have 1 to {ReportSchedule.LongestName} letters")
        : body.Filter is not { } filter ? Refusal.Invalid("filter", "must be given")
        : BoardPeriod.Of(filter.Period, now) is null ? Refusal.Invalid("period", $"must be {BoardPeriod.Forms}")
        : filter.Unit is { } unit && !actor.Scope.Covers(unit) ? Refusal.NotFound($"The unit {unit}")
        : body.Forms is not { Count: > 0 } forms || forms.Any(form => !Enum.IsDefined(form)) ? Refusal.Invalid("forms", "must be pdf, xlsx or csv, one at least")
        : body.Recipients is not { Count: > 0 and <= ReportSchedule.MostRecipients } ? Refusal.Invalid("recipients", $"must be 1 to {ReportSchedule.MostRecipients} mail addresses")
        : !Enum.IsDefined(body.Pace) ? Refusal.Invalid("pace", "must be daily, workdays, weekly or monthly")
        : body.Pace is ReportPace.Weekly && body.Day is < 0 or > 6 ? Refusal.Invalid("day", "must be 0 (Sunday) to 6")
        : body.Pace is ReportPace.Monthly && body.Day is < 1 or > 31 ? Refusal.Invalid("day", "must be 1 to 31")
        : !TimeOnly.TryParseExact(body.Time, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? Refusal.Invalid("time", "must be a time like 07:30")
        : string.IsNullOrEmpty(body.Zone) || !TimeZoneInfo.TryFindSystemTimeZoneById(body.Zone, out _) ? Refusal.Invalid("zone", "must be a time zone like Europe/Berlin")
        : null;
}

internal sealed class RemoveReportHandler(OpsDb db, TimeProvider clock) : IRequestHandler<RemoveReport, Outcome<Guid>>
{
    public async Task<Outcome<Guid>> Handle(RemoveReport request, CancellationToken cancellationToken)
    {
        var row = await db.ReportSchedules.SingleOrDefaultAsync(s => s.Id == request.Id, cancellationToken);
        if (row is null || (row.OwnerId.ToString() != request.Actor.Id && !request.Actor.Can(Right.ManageRules)))
        {
            return Refusal.NotFound("The report");
        }

        db.ReportSchedules.Remove(row);
        db.Audit.Add(AuditEntry.Of(request.Actor, "report.remove", $"report {row.Id}", row.Name, clock.GetUtcNow()));
        return await db.CommitWith(row.Id, cancellationToken);
    }
}
