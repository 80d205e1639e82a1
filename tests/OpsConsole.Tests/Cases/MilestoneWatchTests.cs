using Microsoft.EntityFrameworkCore;
using OpsConsole.Cases;
using OpsConsole.Flows;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Cases;

/// <summary>What did not come is an exception too (promise R21).</summary>
public abstract class MilestoneWatchTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly Guid s_transaction = Ids.Key(["orders", "order", "SO-9"]);
    private static readonly Guid s_case = ExceptionSignal.OfMissing("orders", "order", "SO-9", "paid");

    [StorageFact]
    public async Task A_milestone_past_its_deadline_becomes_an_exception_and_one_that_is_due_later_does_not()
    {
        await using var world = await World.Start<TBrand>();
        await Waits(world, due: world.Clock.Now.AddMinutes(-1));

        await Watch(world);

        await using var db = world.Open();
        var missing = await db.Cases.SingleAsync();
        Assert.Equal((s_case, SignalKind.Missing, "not-arrived", "not-arrived", "SO-9"), (missing.Id, missing.Kind, missing.ExceptionType, missing.Queue, missing.ObjectId));
        Assert.Equal("paid has not arrived in time", missing.Title);
    }

    [StorageFact]
    public async Task It_is_raised_once_and_ends_when_the_milestone_comes_late()
    {
        await using var world = await World.Start<TBrand>();
        await Waits(world, due: world.Clock.Now.AddMinutes(-1));
        await Watch(world);
        await Watch(world);
        var open = await world.Case(s_case);

        await using (var db = world.Open())
        {
            await db.TransactionMilestones.Where(m => m.Name == "paid").ExecuteUpdateAsync(set => set.SetProperty(m => m.ReachedAt, world.Clock.Now));
        }

        await Watch(world);

        var ended = await world.Case(s_case);
        Assert.Equal((CaseState.Open, 1, CaseState.Resolved), (open.State, open.Spells, ended.State));
        Assert.StartsWith("It came", ended.Ending, StringComparison.Ordinal);
    }

    [StorageFact]
    public async Task It_ends_when_the_flow_no_longer_asks_for_it()
    {
        await using var world = await World.Start<TBrand>();
        await Waits(world, due: world.Clock.Now.AddMinutes(-1));
        await Watch(world);

        await using (var db = world.Open())
        {
            await db.TransactionMilestones.ExecuteDeleteAsync();
            await db.Transactions.ExecuteDeleteAsync();
        }

        await Watch(world);

        Assert.Equal(CaseState.Resolved, (await world.Case(s_case)).State);
    }

    private static async Task Watch(World world)
    {
        await world.Run<MilestoneWatch>(watch => watch.Look(default));
        await world.Look();
    }

    private static async Task Waits(World world, DateTimeOffset due)
    {
        await using var db = world.Open();
        db.Transactions.Add(new Transaction
        {
            Key = s_transaction, Flow = "orders", LeadKey = Ids.OfObject("order", "SO-9"), LeadType = "order", LeadId = "SO-9", Unit = "EMEA", NextDueAt = due,
        });
        db.TransactionMilestones.Add(new TransactionMilestone { TransactionKey = s_transaction, Flow = "orders", Name = "paid", DueAt = due });
        db.TransactionMilestones.Add(new TransactionMilestone { TransactionKey = s_transaction, Flow = "orders", Name = "shipped", DueAt = due.AddDays(1) });
        await db.SaveChangesAsync();
    }
}

public static class MilestoneWatchTests
{
    public sealed class On_postgres : MilestoneWatchTests<OnPostgres>;

    public sealed class On_sqlserver : MilestoneWatchTests<OnSqlServer>;
}
