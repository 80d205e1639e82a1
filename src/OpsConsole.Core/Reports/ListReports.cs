using System.Globalization;
using OpsConsole.Access;
using OpsConsole.Kpis;
using OpsConsole.Storage;

namespace OpsConsole.Reports;

/// <summary>The reports that are mailed by schedule: one's own, and everybody's for who manages rules.</summary>
public sealed record ListReports(Actor Actor) : IRequest<Outcome<IReadOnlyList<ReportLine>>>, IGuarded
{
    public Right Needs => Right.ReadBoard;
}

/// <summary>A scheduled report as people see it.</summary>
/// <param name="Id">For changes.</param>
/// <param name="Version">For changes.</param>
/// <param name="Name">As its owner calls it.</param>
/// <param name="Owner">In whose name it runs.</param>
/// <param name="Body">As it was set.</param>
/// <param name="When">In words: <c>Mondays at 07:30 (Europe/Berlin)</c>.</param>
/// <param name="NextAt">UTC.</param>
/// <param name="LastAt">UTC.</param>
/// <param name="Fault">What was wrong at the last run.</param>
/// <param name="Mine">The reader owns it.</param>
public sealed record ReportLine(Guid Id, int Version, string Name, string Owner, ReportBody Body, string When, DateTimeOffset NextAt, DateTimeOffset? LastAt, string? Fault, bool Mine);

internal sealed class ListReportsHandler(OpsDb db) : IRequestHandler<ListReports, Outcome<IReadOnlyList<ReportLine>>>
{
    public async Task<Outcome<IReadOnlyList<ReportLine>>> Handle(ListReports request, CancellationToken cancellationToken)
    {
        _ = Guid.TryParse(request.Actor.Id, out var me);
        var all = request.Actor.Can(Right.ManageRules);
        var rows = await db.ReportSchedules.AsNoTracking().Where(s => all || s.OwnerId == me).OrderBy(s => s.Name).ThenBy(s => s.Id).ToListAsync(cancellationToken);
        var people = await db.People.AsNoTracking().ToListAsync(cancellationToken);
        return Outcome.Of<IReadOnlyList<ReportLine>>([.. rows.Select(row => Reports.Line(
            row, people.Find(person => person.Id == row.OwnerId)?.DisplayName ?? "nobody any more", people.FindAll(person => row.Recipients.Contains(person.Id.ToString()))) with { Mine = row.OwnerId == me })]);
    }
}

/// <summary>What setting, listing and mailing have in common.</summary>
internal static class Reports
{
    /// <summary>The people whose registered addresses these are.</summary>
    public static async Task<List<Person>> Recipients(OpsDb db, IReadOnlyList<string> addresses, CancellationToken cancellationToken) =>
        (await db.People.AsNoTracking().Where(person => !person.Disabled && person.Email != null).OrderBy(person => person.Email).ToListAsync(cancellationToken)).FindAll(person => addresses.Any(address => Has(person, address)));

    public static bool Has(Person person, string address) => string.Equals(person.Email, address.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether somebody may see all that a report of this owner holds.</summary>
    public static bool MaySee(Person person, Actor owner, BoardFilter filter)
    {
        var reader = person.ToActor();
        return reader.Can(Right.ReadBoard)
            && (reader.Scope.AllUnits || (filter.Unit is { } unit ? reader.Scope.Covers(unit) : !owner.Scope.AllUnits && owner.Scope.Units.All(reader.Scope.Covers)))
            && (!reader.Scope.ByEntity || (owner.Scope.ByEntity && owner.Scope.Entities.All(reader.Scope.Entities.Contains)));
    }

    public static string Say(ReportSchedule row)
    {
        var time = TimeOnly.MinValue.AddMinutes(row.Minute).ToString("HH:mm", CultureInfo.InvariantCulture);
        var days = row.Pace switch
        {
            ReportPace.Workdays => "Monday to Friday",
            ReportPace.Weekly => $"{(DayOfWeek)row.Day}s",
            ReportPace.Monthly => $"day {row.Day} of the month",
            _ => "every day",
        };
        return $"{days} at {time} ({row.Zone})";
    }

    public static ReportLine Line(ReportSchedule row, string owner, IReadOnlyList<Person> people) => new(
        row.Id, row.Version, row.Name, owner,
        new ReportBody(
            row.Name, row.Narrowed(), row.Forms, [.. people.Select(person => person.Email ?? "")], row.Pace, row.Day, TimeOnly.MinValue.AddMinutes(row.Minute).ToString("HH:mm", CultureInfo.InvariantCulture), row.Zone, row.Paused),
        Say(row), row.NextAt, row.LastAt, row.Fault, Mine: true);
}
