using Microsoft.Extensions.Hosting;
using OpsConsole.Storage;

namespace OpsConsole.Calendars;

/// <summary>Calendars of three regions, written at the first start only: what people change stays so.</summary>
internal sealed class SeedCalendars(IDbContextFactory<OpsDb> databases, TimeProvider clock) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Calendars.AnyAsync(cancellationToken))
        {
            return;
        }

        // Names are fixed, so two nodes that start together write the same rows.
        var now = clock.GetUtcNow();
        List<BusinessCalendar> calendars = [.. Regions(now.Year).OrderBy(calendar => calendar.Name, StringComparer.Ordinal)];
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Dialect.InsertMissing(
            db, calendars.ConvertAll(one => new Calendar { Name = one.Name, Definition = one.ToJson(), UpdatedAt = now, UpdatedBy = Actor.System.Name, Note = Note }), cancellationToken);
        await db.Dialect.InsertMissing(
            db, calendars.ConvertAll(one => new CalendarVersion { Name = one.Name, Version = 1, Definition = one.ToJson(), At = now, By = Actor.System.Name, Note = Note }), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private const string Note = "As the console came";

    private static IEnumerable<BusinessCalendar> Regions(int year) =>
    [
        Office("emea", "EMEA", "Europe/Berlin", "08:00", "18:00", year, ((1, 1), "New Year"), ((5, 1), "Labour Day"), ((12, 25), "Christmas Day"), ((12, 26), "St Stephen's Day")),
        Office("amer", "AMER", "America/New_York", "08:00", "18:00", year, ((1, 1), "New Year"), ((7, 4), "Independence Day"), ((12, 25), "Christmas Day")),
        Office("apac", "APAC", "Asia/Singapore", "09:00", "18:00", year, ((1, 1), "New Year"), ((8, 9), "National Day"), ((12, 25), "Christmas Day")),
    ];

    private static BusinessCalendar Office(string name, string unit, string zone, string from, string to, int year, params ((int Month, int Day) On, string Name)[] holidays) =>
        new(
            name, zone,
            [.. Enumerable.Range((int)DayOfWeek.Monday, 5).Select(day => new WorkHours((DayOfWeek)day, from, to))],
            [.. Enumerable.Range(year - 1, 3).SelectMany(y => holidays.Select(one => new Holiday(new DateOnly(y, one.On.Month, one.On.Day), one.Name)))],
            [new CloseWindow("Month-end close", 2) { LastDays = 2, FirstDays = 3 }])
        {
            Label = unit, Units = [unit],
        };
}
