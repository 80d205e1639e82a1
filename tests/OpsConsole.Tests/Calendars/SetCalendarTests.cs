using Microsoft.EntityFrameworkCore;
using OpsConsole.Calendars;
using OpsConsole.Routing;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Calendars;

public abstract class SetCalendarTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly RuleBody s_business = new("Invoices in business hours", null, "invoice", null, null, null, null, "ar-invoices", 16, Calendar: CalendarBook.OfUnit);

    [StorageFact]
    public async Task A_rule_in_business_hours_is_due_by_the_units_calendar_and_in_plain_hours_where_the_unit_has_none()
    {
        await using var world = await World.Start<TBrand>();
        await world.Send(new SetCalendar(new CalendarSample { Units = ["EMEA"] }.Build(), 0, "", Staff.Root));
        await First(world);

        var berlin = await world.Fails(new FailureSample());
        var nowhere = await world.Fails(new FailureSample { Id = "INV-2", Unit = "AMER" });

        var clock = new BusinessClock(new CalendarSample().Build());
        Assert.Equal((clock.Add(berlin.OpenedAt, TimeSpan.FromHours(16)), nowhere.OpenedAt.AddHours(16)), (berlin.DueAt, nowhere.DueAt));
        Assert.EndsWith("due in 16 business hours of the unit", berlin.RuleSaid, StringComparison.Ordinal);
    }

    [StorageFact]
    public async Task A_changed_calendar_moves_the_due_time_of_what_is_open_also_when_somebody_holds_it()
    {
        await using var world = await World.Start<TBrand>();
        await world.Send(new SetCalendar(new CalendarSample { Units = ["EMEA"] }.Build(), 0, "", Staff.Root));
        await First(world);
        var free = await world.Fails(new FailureSample());
        var held = await world.Fails(new FailureSample { Id = "INV-2" });
        await world.Claim(held.Id, Staff.Ines);

        world.Clock.Pass(TimeSpan.FromMinutes(1));
        var shorter = new CalendarSample { Units = ["EMEA"], To = "12:00" };
        await world.Send(new SetCalendar(shorter.Build(), 1, "Half days", Staff.Root));
        await world.Look();

        var due = new BusinessClock(shorter.Build()).Add(free.OpenedAt, TimeSpan.FromHours(16));
        Assert.NotEqual(due, free.DueAt);
        Assert.Equal((due, due), ((await world.Case(free.Id)).DueAt, (await world.Case(held.Id)).DueAt));
        Assert.Equal("Ines Moreau", (await world.Case(held.Id)).HolderName);
    }

    [StorageFact]
    public async Task Each_setting_has_a_number_and_an_audit_entry_and_one_on_an_old_number_is_refused()
    {
        await using var world = await World.Start<TBrand>();
        await world.Send(new SetCalendar(new CalendarSample().Build(), 0, "First", Staff.Root));
        await world.Send(new SetCalendar(new CalendarSample { To = "16:00" }.Build(), 1, "Earlier", Staff.Root));

        var stale = await world.Send(new SetCalendar(new CalendarSample { To = "15:00" }.Build(), 1, "", Staff.Root));

        var versions = (await world.Send(new ListCalendarVersions("berlin", Staff.Ines))).Value!.Items;
        await using var db = world.Open();
        Assert.Equal(RefusalKind.Stale, stale.Refusal?.Kind);
        Assert.Equal([(2, "Earlier", "16:00"), (1, "First", "17:00")], versions.Select(version => (version.Version, version.Note, version.Calendar.Week[0].To)));
        Assert.Equal(2, await db.Audit.CountAsync(entry => entry.Action == "calendar.set" && entry.Subject == "calendar berlin"));
    }

    [StorageFact]
    public async Task A_unit_keeps_one_calendar_and_a_steward_sets_none()
    {
        await using var world = await World.Start<TBrand>();
        await world.Send(new SetCalendar(new CalendarSample { Units = ["EMEA"] }.Build(), 0, "", Staff.Root));

        var taken = await world.Send(new SetCalendar(new CalendarSample { Name = "other", Units = ["EMEA"] }.Build(), 0, "", Staff.Root));
        var forbidden = await world.Send(new SetCalendar(new CalendarSample { Name = "mine" }.Build(), 0, "", Staff.Ines));

        Assert.Equal("units: EMEA keeps the calendar berlin; take it out there first", taken.Refusal?.Message);
        Assert.Equal(RefusalKind.Forbidden, forbidden.Refusal?.Kind);
    }

    private static async Task First(World world)
    {
        var saved = await world.Send(new SaveRule(null, s_business, Staff.Root));
        await world.Send(new MoveRule(saved.Value!.Id, 1, Staff.Root));
    }
}

public static class SetCalendarTests
{
    public sealed class On_postgres : SetCalendarTests<OnPostgres>;

    public sealed class On_sqlserver : SetCalendarTests<OnSqlServer>;
}
