using OpsConsole.Flows;
using OpsConsole.Landscape;
using OpsConsole.Storage;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Landscape;

/// <summary>A flow of three steps: the CRM wins, billing invoices, the ERP books. Two orders of EMEA wait for the ERP, one of them too long; one of APAC went through.</summary>
public abstract class ShowMapTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private const string Flow = "orders";
    private static readonly DateTimeOffset s_now = SyncSample.Noon;

    [StorageFact]
    public async Task Each_step_tells_what_passed_how_fast_and_what_is_held_up()
    {
        await using var world = await Filled();

        var map = (await world.Send(new ShowMap(null, null, 24, Staff.Root))).Value!;

        var (invoiced, booked) = (map.Roads[0], map.Roads[1]);
        Assert.Equal(("crm", "billing", 3L, 600.0, 0L), (invoiced.FromSystem, invoiced.ToSystem, invoiced.Passed, invoiced.MedianSeconds, invoiced.Open));
        Assert.Equal(RoadHealth.Flowing, invoiced.Health);
        Assert.Equal(("billing", "erp", 1L, 2L, 1L, 300m), (booked.FromSystem, booked.ToSystem, booked.Passed, booked.Open, booked.Overdue, booked.OpenAmount));
        Assert.Equal(RoadHealth.HeldUp, booked.Health);
        Assert.Equal(["billing", "crm", "erp", "netsuite"], map.Systems.Select(system => system.Name));
        Assert.Equal((1, 5_200m), (map.Systems[3].Exceptions, map.Systems[3].AtRisk));
        Assert.Equal(["APAC", "EMEA"], map.Units);
    }

    [StorageFact]
    public async Task Each_number_opens_its_rows_and_nobody_sees_another_units()
    {
        await using var world = await Filled();

        var missing = (await world.Send(new ListTransactions(new TransactionFilter { Flow = Flow, Milestone = "booked", MilestoneIs = MilestoneAsked.Missing }, Staff.Root))).Value!;
        var apac = (await world.Send(new ShowMap(Flow, null, 24, Staff.Steward("Uli", "APAC")))).Value!;

        Assert.Equal(1, missing.Total);
        Assert.Equal((1L, 0L, 1L), (apac.Roads[0].Passed, apac.Roads[1].Open, apac.Roads[1].Passed));
        Assert.Equal(0, apac.Systems.Sum(system => system.Exceptions));
        Assert.Equal(["APAC"], apac.Units);
        Assert.Empty((await world.Send(new ShowMap("nothing", null, 24, Staff.Root))).Value!.Roads);
        Assert.Equal(RefusalKind.Invalid, (await world.Send(new ShowMap(null, null, 0, Staff.Root))).Refusal?.Kind);
    }

    [StorageFact]
    public async Task Where_nothing_passes_it_is_not_called_fine()
    {
        await using var world = await Filled();

        var apac = (await world.Send(new ShowMap(Flow, "APAC", 1, Staff.Root))).Value!;

        Assert.Equal((RoadHealth.Quiet, 0L, null), (apac.Roads[1].Health, apac.Roads[1].Passed, apac.Roads[1].MedianSeconds));
        Assert.Equal("erp", apac.Roads[1].ToSystem);
    }

    private static async Task<World> Filled()
    {
        var world = await World.Start<TBrand>();
        await using var db = world.Open();
        var flow = new FlowDefinition(
            Flow, "order", [], [new Milestone("won", "order", "won"), new Milestone("invoiced", "order", "invoiced", "won"), new Milestone("booked", "order", "booked", "invoiced", 1)], []);
        db.Flows.Add(new Flow { Name = Flow, Definition = flow.ToJson(), UpdatedAt = s_now, UpdatedBy = "Root" });
        Add(db, "SO-1", "EMEA", 100, s_now.AddHours(-3), s_now.AddHours(-3).AddMinutes(5), null, s_now.AddHours(-1));
        Add(db, "SO-2", "EMEA", 200, s_now.AddHours(-3), s_now.AddHours(-3).AddMinutes(10), null, s_now.AddHours(1));
        Add(db, "SO-3", "APAC", 400, s_now.AddHours(-3), s_now.AddHours(-3).AddMinutes(20), s_now.AddHours(-2), null);
        await db.SaveChangesAsync();
        await world.Fails(new FailureSample { At = s_now.AddMinutes(-5) });
        return world;
    }

    private static void Add(OpsDb db, string order, string unit, decimal amount, DateTimeOffset won, DateTimeOffset invoiced, DateTimeOffset? booked, DateTimeOffset? due)
    {
        var key = Ids.Key([Flow, "order", order]);
        db.Transactions.Add(new Transaction
        {
            Key = key, Flow = Flow, LeadKey = Ids.OfObject("order", order), LeadType = "order", LeadId = order, Unit = unit, Amount = amount, Currency = "EUR", Objects = 1, Milestones = 3, StartedAt = won, NextDueAt = due,
        });
        db.TransactionMilestones.AddRange(Step(key, "won", 0, won, null, "crm"), Step(key, "invoiced", 1, invoiced, null, "billing"), Step(key, "booked", 2, booked, due, booked is null ? null : "erp"));
    }

    private static TransactionMilestone Step(Guid key, string name, int ordinal, DateTimeOffset? reached, DateTimeOffset? due, string? system) =>
        new() { TransactionKey = key, Flow = Flow, Name = name, Ordinal = ordinal, ReachedAt = reached, ReceivedAt = reached, DueAt = due, System = system };
}

public static class ShowMapTests
{
    public sealed class On_postgres : ShowMapTests<OnPostgres>;

    public sealed class On_sqlserver : ShowMapTests<OnSqlServer>;
}
