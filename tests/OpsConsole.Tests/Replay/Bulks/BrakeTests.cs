using Microsoft.EntityFrameworkCore;
using OpsConsole.Cases;
using OpsConsole.Replay.Bulks;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;
using static OpsConsole.Tests.Replay.Bulks.BulkVerbs;

namespace OpsConsole.Tests.Replay.Bulks;

/// <summary>Pause and cancel hold whatever the worker does, and a cancel takes back everything or nothing.</summary>
public abstract class BrakeTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task Pause_and_cancel_hold_though_the_bulk_has_moved_on_since_it_was_seen()
    {
        await using var target = await TestTarget.Start();
        target.Keeps = true;
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        await Failures(world, 10);
        var bulk = await Freeze(world);
        await Started(world, bulk);
        var seen = (await Show(world, bulk)).Version;
        await world.Run<BulkWorker>(worker => worker.Look(default));

        var paused = Accepted(await world.Send(new PauseBulk(bulk, seen, Staff.Ines)));
        var gone = await world.Send(new GoOnWithBulk(bulk, seen, Staff.Ines));
        var cancelled = Accepted(await world.Send(new CancelBulk(bulk, seen, Staff.Ines)));

        Assert.True(paused.Version > seen + 1, "the worker had not touched it");
        Assert.Equal((BulkState.Paused, RefusalKind.Stale, BulkState.Cancelled), (paused.State, gone.Refusal?.Kind, cancelled.State));
    }

    [StorageFact]
    public async Task A_pause_that_comes_while_the_worker_is_at_the_bulk_waits_for_it_and_holds()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        await Failures(world, 10);
        var bulk = await Freeze(world);
        await Started(world, bulk);
        await using var turn = world.Open();
        await using var transaction = await turn.Database.BeginTransactionAsync();
        await turn.HoldBulk(bulk, default);

        var pausing = world.Send(new PauseBulk(bulk, null, Staff.Ines));
        turn.Bulks.Single(b => b.Id == bulk).Touch();
        await turn.SaveChangesAsync();
        await transaction.CommitAsync();

        Assert.Equal(BulkState.Paused, Accepted(await pausing).State);
    }

    [StorageFact]
    public async Task Paused_it_orders_nothing_and_cancelled_it_leaves_the_rest_over()
    {
        await using var target = await TestTarget.Start();
        target.Keeps = true;
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        await Failures(world, 10);
        var bulk = await Freeze(world);
        await Started(world, bulk);
        await world.Run<BulkWorker>(worker => worker.Look(default));
        Accepted(await world.Send(new PauseBulk(bulk, null, Staff.Ines)));

        await world.Work(4);
        var paused = target.Sent.Count;
        var cancelled = Accepted(await world.Send(new CancelBulk(bulk, null, Staff.Ines)));
        await world.Work(4);

        Assert.Equal((1, 1), (paused, target.Sent.Count));
        Assert.Equal((BulkState.Cancelled, 9), (cancelled.State, cancelled.Progress.LeftOver));
    }

    [StorageFact]
    public async Task Cancelled_while_its_target_is_down_it_takes_back_what_was_parked()
    {
        await using var target = await TestTarget.Start();
        target.Down = true;
        await using var world = await World.Start<TBrand>();
        await world.Register(target, readBack: false);
        var failures = await Failures(world, 5);
        var bulk = await Freeze(world);
        await Started(world, bulk, new BulkSettings(Ramp: ""));
        await world.Work(4);
        var parked = await Show(world, bulk);

        Accepted(await world.Send(new CancelBulk(bulk, null, Staff.Ines)));

        var states = new List<CaseState>();
        foreach (var id in failures)
        {
            states.Add((await world.Case(id)).State);
        }

        Assert.Equal(5, parked.Progress.Parked);
        Assert.All(states, state => Assert.Equal(CaseState.Claimed, state));
        Assert.Equal(5, (await Show(world, bulk)).Progress.LeftOver);
    }

    [StorageFact]
    public async Task A_cancel_that_breaks_off_leaves_the_bulk_as_it_was()
    {
        await using var target = await TestTarget.Start();
        target.Down = true;
        await using var world = await World.Start<TBrand>();
        await world.Register(target, readBack: false);
        var failures = await Failures(world, 5);
        var bulk = await Freeze(world);
        await Started(world, bulk, new BulkSettings(Ramp: "3"));
        await world.Work(4);
        var parked = await Show(world, bulk);
        var inTheWay = await Note(world, failures[0]);

        await Assert.ThrowsAnyAsync<Exception>(() => world.Send(new CancelBulk(bulk, null, Staff.Ines)));

        var after = await Show(world, bulk);
        Assert.Equal((BulkState.Running, 3, 2), (after.State, after.Progress.Parked, after.Progress.Pending));
        Assert.Equal((parked.Version, parked.Progress), (after.Version, after.Progress));
        await using (var db = world.Open())
        {
            db.CaseSteps.Remove(inTheWay);
            await db.SaveChangesAsync();
        }

        Accepted(await world.Send(new CancelBulk(bulk, null, Staff.Ines)));
        Assert.Equal(5, (await Show(world, bulk)).Progress.LeftOver);
    }

    // Where the next step of an exception would be written, something stands already: nobody can take it.
    private static async Task<CaseStep> Note(World world, Guid id)
    {
        await using var db = world.Open();
        var @case = await db.Cases.AsNoTracking().SingleAsync(c => c.Id == id);
        var step = @case.Move(CaseAction.Escalate, Actor.System, "", world.Clock.Now).Value!;
        db.CaseSteps.Add(step);
        await db.SaveChangesAsync();
        return step;
    }
}

public static class BrakeTests
{
    public sealed class On_postgres : BrakeTests<OnPostgres>;

    public sealed class On_sqlserver : BrakeTests<OnSqlServer>;
}
