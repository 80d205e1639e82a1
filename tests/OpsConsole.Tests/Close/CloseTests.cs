using Microsoft.EntityFrameworkCore;
using OpsConsole.Access;
using OpsConsole.Cases;
using OpsConsole.Close;
using OpsConsole.Events;
using OpsConsole.Storage.Past;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Close;

/// <summary>A close's numbers are the sums of the lists behind them; a sign-off keeps them as they were known, and what changes later is told against it.</summary>
public abstract class CloseTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly Actor s_controller = Staff.Person("Carla Rossi", Scope.All, Role.Executive);

    [StorageFact]
    public async Task Every_number_is_the_total_of_the_list_that_it_leads_to()
    {
        await using var world = await Filled();
        var list = (await world.Send(new ListCloses(Period(world), Staff.Ines))).Value!;
        var close = (await world.Send(new ShowClose(Period(world), "EMEA", null, Staff.Ines))).Value!;

        var all = (await world.Send(new ListCases(CloseFilters.Cases(close.Period, "EMEA", null), CaseSort.Rank, null, 50, Staff.Ines))).Value!;
        Assert.Equal((all.Total, all.AtRisk), (close.Figures.Exceptions, close.Figures.AtRisk));
        Assert.Equal(["APAC", "EMEA"], list.Items.Where(line => line.LegalEntity is null).Select(line => line.Unit));
        var line = list.Items.Single(line => line is { Unit: "EMEA", LegalEntity: null });
        Assert.Equal((close.Figures.Exceptions, close.Figures.AtRisk, close.Figures.Disagreements, close.Figures.Disputed), (line.Figures.Exceptions, line.Figures.AtRisk, line.Figures.Disagreements, line.Figures.Disputed));
        foreach (var block in close.Figures.Blocks)
        {
            var total = block.Kind is CloseBlockKind.Disagreement
                ? ((int)(await world.Send(new FindObjects(CloseFilters.Objects(close.Period, "EMEA", null, block.Code), Staff.Ines))).Value!.Total, block.Amount)
                : (await world.Send(new ListCases(CloseFilters.Cases(close.Period, "EMEA", null, block.Code), CaseSort.Rank, null, 50, Staff.Ines))).Value is { } page ? (page.Total, page.AtRisk) : default;
            Assert.Equal(total, (block.Count, block.Amount));
        }

        Assert.Equal(2, close.Figures.Blocks.Count(block => block.Kind is CloseBlockKind.Exception));
        Assert.Equal((1, 700m), (close.Figures.Disagreements, close.Figures.Disputed));
    }

    [StorageFact]
    public async Task What_was_opened_after_the_period_is_not_in_its_way()
    {
        await using var world = await Filled();
        var month = Period(world);
        var before = (await world.Send(new ShowClose(month, "EMEA", null, Staff.Ines))).Value!.Figures;
        world.Clock.Now = new DateTimeOffset(world.Clock.Now.Year, world.Clock.Now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1).AddDays(1);
        await world.Fails(new FailureSample { Id = "INV-77", Event = "later", At = world.Clock.Now });

        Assert.Equal(before.Exceptions, (await world.Send(new ShowClose(month, "EMEA", null, Staff.Ines))).Value!.Figures.Exceptions);
    }

    [StorageFact]
    public async Task A_sign_off_keeps_the_numbers_of_a_moment_and_a_later_look_at_that_moment_says_the_same()
    {
        await using var world = await Filled();
        var month = await Over(world);

        var signed = (await world.Send(new SignClose(month, "EMEA", null, 0, "agreed with the auditors", s_controller))).Value!;
        var found = await world.Fails(new FailureSample { Event = "failure-1" });
        await world.Claim(found.Id, Staff.Ines);
        await world.Send(new DismissCase(found.Id, null, "not-an-error", "seen", Staff.Ines));
        world.Clock.Pass(TimeSpan.FromMinutes(1));

        var later = (await world.SendAsOf(signed.AsOf, new ShowClose(month, "EMEA", null, Staff.Ines))).Value!.Figures;
        var now = (await world.Send(new ShowClose(month, "EMEA", null, Staff.Ines))).Value!;
        Assert.Equal(Tell(signed.Figures), Tell(later));
        Assert.NotEqual(Tell(signed.Figures), Tell(now.Figures));
        var told = Assert.Single(now.SignOffs);
        Assert.Equal(("Carla Rossi", "agreed with the auditors", Tell(signed.Figures)), (told.By, told.Note, Tell(told.Figures)));
        var change = Assert.Single(told.Changes);
        Assert.Equal((1, 0), (change.Count, change.CountNow));
        await using var db = world.Open();
        Assert.Equal(1, await db.Audit.CountAsync(entry => entry.Action == "close.sign" && entry.ActorId == s_controller.Id && entry.Unit == "EMEA"));
    }

    [StorageFact]
    public async Task Only_who_may_signs_off_and_only_what_is_over_and_was_seen()
    {
        await using var world = await Filled();
        var running = Period(world);
        Assert.Equal("close.running", (await world.Send(new SignClose(running, "EMEA", null, 0, "why", s_controller))).Refusal?.Code);
        var month = await Over(world);

        Assert.Equal(RefusalKind.Forbidden, (await world.Send(new SignClose(month, "EMEA", null, 0, "why", Staff.Ines))).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await world.Send(new SignClose(month, "EMEA", null, 0, "why", Staff.Key))).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await world.Send(new SignClose(month, "EMEA", null, 0, "why", s_controller with { Scope = Scope.Of("APAC") }))).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await world.Send(new SignClose(month, "EMEA", null, 0, "", s_controller))).Refusal?.Kind);
        Assert.True((await world.Send(new SignClose(month, "EMEA", null, 0, "why", s_controller))).Accepted);
        Assert.Equal(RefusalKind.Stale, (await world.Send(new SignClose(month, "EMEA", null, 0, "again", s_controller))).Refusal?.Kind);
        await using var db = world.Open();
        Assert.Equal(1, await db.Snapshots.CountAsync());
    }

    private static string Period(World world) => world.Clock.Now.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);

    private static string Tell(CloseFigures figures) =>
        $"{figures.Exceptions} {figures.AtRisk} {figures.Overdue} {figures.Unconverted} {figures.Disagreements} {figures.Disputed}: {string.Join("; ", figures.Blocks)}";

    /// <summary>The month in which the clock stood. Now it stands so far behind the database's that all that was written is settled, and nothing that comes.</summary>
    private static async Task<string> Over(World world)
    {
        var month = Period(world);
        world.Clock.Now = await world.Moment() + PastHorizon.Settles;
        return month;
    }

    private static async Task<World> Filled()
    {
        var world = await World.Start<TBrand>();
        await world.Fails(new FailureSample { At = SyncSample.Noon });
        await world.Fails(new FailureSample { Id = "INV-2", Event = "failure-2", ErrorCode = "PERIOD_CLOSED", Category = "period", Attribute = null, Amount = 310.45m });
        await world.Fails(new FailureSample { Id = "INV-3", Event = "failure-3", Unit = "APAC", Amount = 90m });
        await using var db = world.Open();
        db.Objects.Add(new BusinessObject { Key = Guid.NewGuid(), Type = "payment", Id = "P-1", Unit = "EMEA", Amount = 700m, Currency = "EUR", Disagrees = true, DisagreesSince = SyncSample.Noon });
        db.Objects.Add(new BusinessObject { Key = Guid.NewGuid(), Type = "payment", Id = "P-2", Unit = "EMEA", Amount = 70m, Currency = "EUR", Disagrees = true, DisagreesSince = SyncSample.Noon.AddYears(2) });
        await db.SaveChangesAsync();
        return world;
    }
}

public static class CloseTests
{
    public sealed class On_postgres : CloseTests<OnPostgres>;

    public sealed class On_sqlserver : CloseTests<OnSqlServer>;
}
